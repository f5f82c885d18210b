/** What the net makes of the drawing: asked while one draws, the newest drawing only. */
import { computed, effect, signal } from '@preact/signals';
import { client, engineState, listen, pretrainedFailed, pretrainedFields } from '../engine/connection';
import type { Judge, Picture, Reading } from '../engine/protocol';
import { untouchedDigit, visible, type Drawing } from '../draw/drawing';
import { inkOf, inkSide } from '../draw/paint';
import { drawing, isBlank } from '../draw/pad-state';
import { attempt } from '../status/status';
import { example } from './example';

/** Whose answer is shown. */
export const judge = signal<Judge>('pretrained');

/** Of the drawing; null while it is blank, or not read yet. */
export const reading = signal<Reading | null>(null);

/** Whether there is a net to ask. */
export const canRead = computed(
  () =>
    engineState.value === 'ready' &&
    (judge.value !== 'pretrained' || pretrainedFields.value !== null),
);

/** Of the example that a blank pad shows. */
const exampleReading = signal<Reading | null>(null);

/** What pictures show: the drawing, or the example while there is none. */
export const shownReading = computed(() => reading.value ?? exampleReading.value);

const pictureOf = (deeds: Drawing): Picture => {
  const digit = untouchedDigit(deeds);
  return digit
    ? { kind: 'digit', pixels: digit.pixels }
    : { kind: 'drawing', ink: inkOf(deeds), width: inkSide, height: inkSide };
};

interface Question {
  drawing: Drawing;
  judge: Judge;
}

const ask = ({ drawing, judge }: Question): Promise<Reading | null> =>
  client.ask({ type: 'read', judge, picture: pictureOf(drawing) });

/** The newest question that has not been asked yet. */
let next: Question | null = null;
/** The last that was answered, or failed. */
const settled = signal<Question | null>(null);
let asking = false;

/** Whether an answer to what is on the pad is still to come. */
export const isReading = computed(() => {
  const answered = settled.value;
  const same = answered?.drawing === drawing.value && answered.judge === judge.value;
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
  if (canRead.peek()) void read({ drawing: drawing.peek(), judge: judge.peek() });
}

/** Reads again after every change of the drawing or of the judge. */
export function keepReading(): void {
  effect(() => {
    const question = { drawing: drawing.value, judge: judge.value };
    if (isBlank.value) reading.value = null;
    if (canRead.value) void read(question);
  });
  // A net in training changes its mind.
  listen((event) => {
    if (event.type !== 'progress' || judge.peek() !== 'lab') return;
    void read({ drawing: drawing.peek(), judge: 'lab' });
  });
}
