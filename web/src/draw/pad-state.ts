/** What is on the pad, and what it is drawn with. */
import { computed, signal } from '@preact/signals';
import { client } from '../engine/connection';
import { attempt } from '../status/status';
import {
  begun,
  blank,
  cleared,
  extended,
  undone,
  visible,
  type Digit,
  type Drawing,
  type Point,
} from './drawing';

export const drawing = signal<Drawing>(blank);
export const isBlank = computed(() => visible(drawing.value).length === 0);

/** Share of the pad's side; the middle is about what MNIST's writers used. */
export const brush = signal(0.075);
export const thinnest = 0.025;
export const thickest = 0.16;
export const erasing = signal(false);

/** An eraser is easier to use when it is wider than the pen. */
const eraserTimes = 1.6;

/** Whether the last thing on the pad is a stroke that goes on. */
let stroking = false;

export function beginStroke(point: Point): void {
  const erases = erasing.value;
  const width = brush.value * (erases ? eraserTimes : 1);
  drawing.value = [...drawing.value, { kind: 'stroke', points: [point], width, erases }];
  stroking = true;
}

export function continueStroke(points: Point[]): void {
  if (stroking) drawing.value = extended(drawing.value, points);
}

export function endStroke(): void {
  stroking = false;
}

export function clear(): void {
  endStroke();
  drawing.value = cleared(drawing.value);
  erasing.value = false;
}

export function undo(): void {
  endStroke();
  drawing.value = undone(drawing.value);
}

let turn = Math.floor(Math.random() * 10_000);

/** Covers the pad with a test digit. */
export function layDigit(digit: Omit<Digit, 'kind'>): void {
  endStroke();
  const { index, label, pixels } = digit;
  drawing.value = begun(drawing.value, { kind: 'digit', index, label, pixels });
  erasing.value = false;
}

/** Whether a test digit has been asked for that has not come yet. */
export const awaitingDigit = signal(false);

/** Lays the next digit of the test set on the pad. */
export async function nextTestDigit(): Promise<void> {
  const action = { title: 'Try again', run: () => void nextTestDigit() };
  awaitingDigit.value = true;
  await attempt(async () => {
    layDigit(await client.ask({ type: 'testDigit', turn: turn++ }));
  }, action);
  awaitingDigit.value = false;
}
