/** The story of one step: whose it is, what the label is, and what the net says. */
import { computed, signal } from '@preact/signals';
import { untouchedDigit, visible } from '../draw/drawing';
import { drawing, isExample } from '../draw/pad-state';
import { client, listen } from '../engine/connection';
import type { Story } from '../engine/one-step';
import { newestOnly } from '../newest';
import { example, exampleLabel } from '../read/example';
import { canRead, judge, pictureOf } from '../read/reading';
import { modelFile } from '../train/model-file';

/** Of what is on the pad, or of the example; null until a net has told it. */
export const story = signal<Told | null>(null);

/** With what it was told of, which may be gone from the pad meanwhile. */
export interface Told extends Story {
  asked: Asked;
}

/** Whether the step on the copy has been made, so that what comes of it shows. */
export const done = signal(false);

/** Whether a net tells it that has learnt nothing, of the same settings as the one that reads. */
export const fresh = signal(false);

/** Whether anybody could see it. */
export const inView = signal(false);

/** What is on the pad, however it is drawn on. */
const subject = computed(() => visible(drawing.value)[0] ?? null);

const told = signal<{ subject: unknown; label: number } | null>(null);

/** The label that somebody has vouched for: the test set, the example's author or the person. */
export const truth = computed<number | null>(() => {
  if (isExample.value) return exampleLabel;
  const digit = untouchedDigit(drawing.value);
  if (digit) return digit.label;
  return told.value?.subject === subject.value ? told.value.label : null;
});

export function tellLabel(label: number): void {
  told.value = { subject: subject.peek(), label };
}

/** Of which net, for what. */
const wanted = computed(() => ({
  judge: judge.value,
  file: modelFile.value,
  deeds: isExample.value ? example : drawing.value,
  ofExample: isExample.value,
  /** Whether the person is to say what they drew. */
  asksLabel: !isExample.value && !untouchedDigit(drawing.value),
  label: truth.value,
  fresh: fresh.value,
}));
type Asked = typeof wanted.value;

/** Whether somebody has vouched for the label that a story tells of. */
export function isKnown({ label, asked }: Told): boolean {
  return label === (asked.deeds === wanted.value.deeds ? truth.value : asked.label);
}

/** Null while nobody could see the answer, or give it. */
const question = computed(() => (canRead.value && inView.value ? wanted.value : null));

const ask = newestOnly(async (asked: Asked) => {
  const { judge, deeds, label, fresh } = asked;
  const picture = pictureOf(deeds);
  const answer = await client.ask({ type: 'oneStep', judge, picture, label, fresh });
  story.value = answer && { ...answer, asked };
});

/** Long enough that a stroke is over, or has paused. */
const afterDrawing = 150; // milliseconds
/** A net that learns is asked about again. */
const whileLearning = 1000; // milliseconds

let timer: ReturnType<typeof setTimeout> | undefined;

function askIn(milliseconds: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    timer = undefined;
    if (question.peek()) ask(question.peek()!);
  }, milliseconds);
}

/** Asks anew after every change of the drawing, of its label or of the net, while in view. */
export function keepStory(): void {
  // Another pair, or another net, has not made its step yet.
  wanted.subscribe(() => (done.value = false));
  question.subscribe((asked) => {
    if (asked) askIn(afterDrawing);
  });
  listen((event) => {
    if (event.type !== 'progress' || event.lab !== 'lab') return;
    if (judge.peek() !== 'lab' || timer !== undefined) return;
    askIn(event.progress.state === 'running' ? whileLearning : 0);
  });
}
