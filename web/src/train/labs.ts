/** The labs of the Worker: which run each holds, and what a person does to it. */
import { batch, computed, effect, signal, type Signal } from '@preact/signals';
import { client, engineState, listen } from '../engine/connection';
import type { LabId, RunRecord } from '../engine/protocol';
import type { Config } from '../generated/config';
import { sameValue } from '../settings/schema';
import { readBy } from '../read/reading';
import {
  base,
  change,
  chosenPlan,
  choose,
  config,
  preset,
  shown,
} from '../settings/settings';
import { announce } from '../status/announce';
import { attempt, say } from '../status/status';
import { capitalised, percent } from '../text';
import { Run, unbegun } from './run';
import { titleOf } from './split';

/** The run of each lab; before the Worker tells of one, one that has not begun. */
export const runs: Record<LabId, Signal<Run>> = {
  lab: signal(unbegun(chosenPlan())),
  a: signal(unbegun(chosenPlan())),
  b: signal(unbegun(chosenPlan())),
};

/** The person's own run. */
export const own = runs.lab;
export const runState = computed(() => own.value.state.value);

/** The one before, for the chart to show beside it. */
export const previous = signal<Run | null>(null);

/** Whether what is chosen is another run than the person's, which has begun. */
export const isOther = computed(() => {
  const { config: present, preset: from, state } = own.value;
  const differs = shown.value.some(
    ({ name }) => !sameValue(config.value[name], present.value[name]),
  );
  return state.value !== 'fresh' && (differs || preset.value.name !== from);
});

/** Bytes on their way; null when there are none. */
export const fetching = signal<{ received: number; total: number } | null>(null);

listen((event) => {
  switch (event.type) {
    case 'begun':
      begin(event.lab, event.run);
      return;
    case 'broken':
      explainBreak(event.lab, event.message);
      return;
    case 'fetching':
      fetching.value = { received: event.received, total: event.total };
      return;
    case 'fetched':
      fetching.value = null;
      return;
    case 'kept':
    case 'teaching':
    case 'runKept':
    case 'runLost':
      return;
    default:
      runs[event.lab].value.hear(event);
  }
});

function begin(lab: LabId, record: RunRecord): void {
  batch(() => {
    const before = runs[lab].value;
    runs[lab].value = new Run(record);
    if (lab === 'lab' && before.curve.value.length > 1) previous.value = before;
  });
}

/** Tells a screen reader of the person's run: its begin, its tests on all images, rests and its end. */
export function keepAnnouncing(): void {
  effect(() => {
    const { name, state } = own.value;
    const words = { fresh: null, running: 'learns', paused: 'is paused', finished: 'is finished' };
    const word = words[state.value];
    if (word) announce(`${name} ${word}.`);
  });
  effect(() => {
    const result = own.value.latest.value;
    if (!result?.full) return;
    const error = percent(result.errors / result.tested);
    announce(`${capitalised(titleOf(result.split))} error ${error}.`);
  });
}

/** What may help a run that died: the learning rate that its preset has. */
function explainBreak(lab: LabId, message: string): void {
  const rate = base.value.learning_rate;
  const tooHigh = lab === 'lab' && runs.lab.value.config.value.learning_rate > rate;
  const back = {
    title: `Go back to ${rate} and start again`,
    run: () => {
      change('learning_rate', rate);
      void trainAnew();
    },
  };
  say('fault', `Training stopped: ${message}`, tooHigh ? back : null);
}

/** Gives a net that has not begun the settings as they are chosen. */
export function keepConfigured(): void {
  effect(() => {
    const plan = chosenPlan();
    if (engineState.value !== 'ready' || runState.peek() !== 'fresh') return;
    void attempt(() => client.ask({ type: 'configure', lab: 'lab', plan }));
  });
}

export async function train(lab: LabId = 'lab', plan = chosenPlan()): Promise<void> {
  const done = await attempt(() => client.ask({ type: 'train', lab, plan }), {
    title: 'Try again',
    run: () => void train(lab, plan),
  });
  if (done && lab === 'lab') readBy('lab');
}

/** A new run of what is chosen, whatever the lab holds; what it holds is kept. */
export async function trainAnew(): Promise<void> {
  if (await reset()) await train();
}

export async function step(): Promise<void> {
  const done = await attempt(() => client.ask({ type: 'step', lab: 'lab', plan: chosenPlan() }), {
    title: 'Try again',
    run: () => void step(),
  });
  if (done) readBy('lab');
}

export const pause = (lab: LabId = 'lab'): Promise<boolean> =>
  attempt(() => client.ask({ type: 'pause', lab }));

/** A fresh net of what is chosen. */
export const reset = (): Promise<boolean> =>
  attempt(() => client.ask({ type: 'reset', lab: 'lab', plan: chosenPlan() }));

/** Tests the net on all test images. */
export const judgeRun = (): Promise<boolean> =>
  attempt(() => client.ask({ type: 'judge', lab: 'lab' }));

export const cancelFetching = (): Promise<boolean> => attempt(() => client.ask({ type: 'cancel' }));

/** Settings that may change during a run do so at once. */
export function adjust(changes: Partial<Config>): void {
  const run = own.value;
  if (runState.value === 'fresh' || runState.value === 'finished') return;
  void attempt(async () => {
    await client.ask({ type: 'adjust', lab: 'lab', changes });
    run.config.value = { ...run.config.value, ...changes };
  });
}

/** Goes on training the net of the model file. */
export async function adopt(name: string): Promise<void> {
  const done = await attempt(async () => {
    const adopted = await client.ask({ type: 'adopt', name, preset: preset.value.name });
    choose(adopted.config);
  });
  if (done) readBy('lab');
}
