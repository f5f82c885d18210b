/** What the net makes of the drawing: asked while one draws, the newest drawing only. */
import { computed, effect, signal, untracked } from '@preact/signals';
import { client, engineState, listen, pretrainedFailed, pretrainedFields } from '../engine/connection';
import { convolutionState } from '../engine/convolution';
import type { Judge, Picture, Reading } from '../engine/protocol';
import { untouched, visible, type Drawing } from '../draw/drawing';
import { inkOf, inkSide } from '../draw/paint';
import { drawing, isBlank, played } from '../draw/pad-state';
import { attempt } from '../status/status';
import { example } from './example';
import { recordedExample } from './recorded';

/** Whose answer is shown. */
export const judge = signal<Judge>('pretrained');

/** Whether a person has said so: what comes back by itself changes nothing about it. */
let said = false;

export function readBy(one: Judge): void {
  said = true;
  judge.value = one;
}

export function readByUnlessSaid(one: Judge): void {
  if (!said) judge.value = one;
}

/** Of what is on the pad; null while it is blank, or not read yet. */
export const reading = signal<Reading | null>(null);

/** Whether there is a net to ask. */
export const canRead = computed(
  () =>
    engineState.value === 'ready' &&
    (judge.value !== 'pretrained' || pretrainedFields.value !== null) &&
    (judge.value !== 'convolution' || convolutionState.value === 'ready'),
);

/** Of the example, for what is shown beside a blank pad. */
const exampleReading = signal<Reading | null>(recordedExample());

/** What pictures show: what is on the pad, or the example while nothing is. */
export const shownReading = computed(() => reading.value ?? exampleReading.value);

/** What is shown beside the pad: nothing where somebody has left it blank. */
export const padReading = computed(() =>
  played.value === null ? reading.value : shownReading.value,
);

/** What a net is asked about a drawing. */
export const pictureOf = (deeds: Drawing): Picture => {
  const laid = untouched(deeds);
  return laid
    ? { kind: 'digit', pixels: laid.pixels }
    : { kind: 'drawing', ink: inkOf(deeds), width: inkSide, height: inkSide };
};

/** Counts how often a net under the same name became another whose answer is waited for. */
const changes = signal(0);

interface Question {
  drawing: Drawing;
  judge: Judge;
  changes: number;
}

const present = (): Question => ({
  drawing: drawing.value,
  judge: judge.value,
  changes: changes.value,
});

const ask = ({ drawing, judge }: Question): Promise<Reading | null> =>
  client.ask({ type: 'read', judge, picture: pictureOf(drawing) });

/** The newest question that has not been asked yet. */
let next: Question | null = null;
/** The last that was answered, or failed. */
const settled = signal<Question | null>(null);
let asking = false;

/** Whether an answer to what is on the pad is still to come. */
export const isReading = computed(() => {
  const [answered, now] = [settled.value, present()];
  const same =
    answered?.drawing === now.drawing &&
    answered.judge === now.judge &&
    answered.changes === now.changes;
  const gone =
    engineState.value === 'broken' || (judge.value === 'pretrained' && pretrainedFailed.value);
  return !isBlank.value && !same && !gone;
});

/** Reads what is on the pad; one question at a time, then the newest that came meanwhile. */
async function read(question: Question): Promise<void> {
  next = question;
  if (asking) return;
  asking = true;
  for (let now = take(); now; now = take()) {
    const question = now;
    await attempt(() => readOnce(question));
    settled.value = question;
  }
  asking = false;
}

function take(): Question | null {
  const taken = next;
  next = null;
  return taken;
}

async function readOnce(question: Question): Promise<void> {
  if (visible(question.drawing).length > 0) {
    const answer = await ask(question);
    // What was cleared meanwhile has no answer.
    if (!isBlank.peek()) reading.value = answer;
  }
  if (reading.peek()) return;
  // Only a net that learns could think of the example otherwise than before.
  const known = exampleReading.peek()?.judge === question.judge && question.judge !== 'lab';
  if (!known) exampleReading.value = await ask({ ...question, drawing: example });
}

/** Reads once more, when the net that judges is another under the same name. */
export function readAnew(): void {
  exampleReading.value = null;
  ++changes.value;
}

/** Reads again after every change of the drawing, of the judge or of its net. */
export function keepReading(): void {
  effect(() => {
    const question = present();
    if (isBlank.value) reading.value = null;
    if (canRead.value) void read(question);
  });
  // A net in training changes its mind all the time: only where it rests its answer is waited for.
  listen((event) => {
    if (event.type !== 'progress' || event.lab !== 'lab' || judge.peek() !== 'lab') return;
    if (event.progress.state === 'running') void read(untracked(present));
    else ++changes.value;
  });
}
