/** The two runs that are compared: from the shelf, trained beforehand, or learning now. */
import { batch, computed, effect, signal } from '@preact/signals';
import { drawing, isExample } from '../draw/pad-state';
import { client, engineState } from '../engine/connection';
import type { Disagreement, LabId, Reading, RunPlan } from '../engine/protocol';
import { newestOnly } from '../newest';
import { keepUsed } from '../offline/kept';
import { example } from '../read/example';
import { pictureOf } from '../read/reading';
import { completed, controls } from '../settings/settings';
import { attempt } from '../status/status';
import { pause, runs, train } from '../train/labs';
import type { RunSummary } from '../train/run';
import { kept } from '../train/shelf';
import { differencesOf, fairTo } from './differences';

export type Side = Extract<LabId, 'a' | 'b'>;
export const sides: readonly Side[] = ['a', 'b'];

/** Runs whose nets lie beside the page. */
export const beforehand = signal<RunSummary[]>([]);

/** What stands on each side; 'learning' is the run of the lab of that name. */
const chosen = { a: signal('alone'), b: signal('collaboration') };
export const learning = 'learning';

/** All that can be compared: the person's own first. */
export const shelf = computed<RunSummary[]>(() => [...kept.value, ...beforehand.value]);

export const sideOf = (side: Side): RunSummary | null => {
  const id = chosen[side].value;
  if (id !== learning) return shelf.value.find((run) => run.id === id) ?? null;
  const { name, preset, config, results, id: own } = runs[side].value;
  return { id: own, name, preset, config: config.value, results: results.value };
};

export const isChosen = (side: Side, id: string): boolean =>
  chosen[side].value === id || (chosen[side].value === learning && runs[side].value.id === id);

/** Tells one pair from another. */
export const chosenIds = computed(() => sides.map((side) => sideOf(side)?.id).join());

export const differences = computed(() => {
  const [a, b] = sides.map(sideOf);
  const together = sides.every((side) => runs[side].value.state.value === 'running');
  return a && b ? differencesOf(a, b, controls, together) : null;
});

/** What each makes of the drawing. */
export const readings = { a: signal<Reading | null>(null), b: signal<Reading | null>(null) };

export function choose(side: Side, id: string): void {
  if (chosen[side].value === learning) void pause(side);
  batch(() => {
    chosen[side].value = id;
    readings[side].value = null;
  });
}

/** Fetches what was trained beforehand: curves, not nets. */
export async function look(): Promise<void> {
  if (beforehand.value.length > 0) return;
  await attempt(async () => {
    const response = await fetch(beforehandFiles.runs);
    if (!response.ok) throw new Error('The runs trained beforehand could not be fetched.');
    beforehand.value = ((await response.json()) as RunSummary[]).map(completed);
    keepUsed(beforehandFiles.runs);
  });
}

/** The nets that the Worker was asked to open for the sides, and when each is there to read. */
const opened = new Map<Side, { id: string; there: Promise<unknown> }>();

// An engine that starts again knows none of them.
effect(() => {
  if (engineState.value === 'ready') return;
  opened.clear();
  for (const side of sides) readings[side].value = null;
});

/** Resolves when the net of a side is where it can read. */
function open(side: Side): Promise<unknown> {
  const id = chosen[side].value;
  if (id === learning) return Promise.resolve();
  const asked = opened.get(side);
  if (asked?.id === id) return asked.there;
  const there = askFor(id, side);
  opened.set(side, { id, there });
  // What could not be had is asked for again.
  there.catch(() => opened.get(side)?.there === there && opened.delete(side));
  return there;
}

async function askFor(id: string, shelf: Side): Promise<void> {
  if (kept.value.some((run) => run.id === id)) {
    await client.ask({ type: 'openRun', shelf, run: id });
  } else {
    const file = beforehandFiles.nets[id]!;
    await client.ask({ type: 'openModel', shelf, url: new URL(file, document.baseURI).href });
    keepUsed(file);
  }
}

/** The test images that only one of the two reads rightly. */
export async function disagreement(): Promise<Disagreement> {
  await Promise.all(sides.map(open));
  return client.ask({ type: 'disagree' });
}

async function read(side: Side): Promise<void> {
  const asked = drawing.value;
  const picture = pictureOf(isExample.value ? example : asked);
  const answer = await client.ask({ type: 'read', judge: side, picture });
  if (drawing.value === asked) readings[side].value = answer;
}

/** Reads whatever is drawn, and learnt, while somebody looks; gives what ends that. */
export function keepComparing(): () => void {
  void look();
  const ends = sides.map((side) => {
    const readAgain = newestOnly(async () => {
      const id = chosen[side].value;
      await open(side);
      // Who was chosen meanwhile is asked next.
      if (chosen[side].value !== id) return;
      await read(side).catch(() => (readings[side].value = null));
    });
    return effect(() => {
      const now = [drawing.value, chosen[side].value, runs[side].value.progress.value];
      const ready = engineState.value === 'ready' && beforehand.value.length > 0;
      if (ready) readAgain(now);
    });
  });
  return () => ends.forEach((end) => end());
}

/** Both learn from the beginning, side by side. */
export async function trainBoth(plans: Record<Side, RunPlan>): Promise<void> {
  for (const side of sides) {
    await attempt(() => client.ask({ type: 'reset', lab: side, plan: plans[side] }));
    opened.delete(side);
    chosen[side].value = learning;
  }
  await Promise.all(sides.map((side) => train(side, plans[side])));
}

export const areLearning = computed(() =>
  sides.some((side) => runs[side].value.state.value === 'running'),
);

/** Training images that a side has seen of the run that it learns; null while it learns none. */
export function seenBy(side: Side): number | null {
  const { state, progress } = runs[side].value;
  return state.value === 'running' ? (progress.value.report?.images ?? 0) : null;
}

/** The settings of A with the first of B's that is compared. */
export function fairPlans(a: RunSummary, b: RunSummary): Record<Side, RunPlan> {
  const [subject] = differencesOf(a, b, controls).subjects;
  const config = subject ? fairTo(a.config, b.config, subject, controls) : b.config;
  return { a, b: { ...b, config } };
}
