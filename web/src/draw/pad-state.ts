/** What is on the pad, and what it is drawn with. */
import { batch, computed, signal } from '@preact/signals';
import { client } from '../engine/connection';
import { exampleStroke } from '../read/example';
import { attempt } from '../status/status';
import {
  begun,
  blank,
  cleared,
  eraserWidth,
  extended,
  partOf,
  penWidth,
  undone,
  untouchedDigit,
  visible,
  type Digit,
  type Drawing,
  type Point,
} from './drawing';

/** What the person has done. */
export const deeds = signal<Drawing>(blank);

/** How much of the example is on the pad; null from the person's first deed on. */
export const played = signal<number | null>(0);

/** Whether the example is still to be drawn, or is being drawn. */
export const isPlaying = computed(() => played.value !== null && played.value < 1);

/** What the pad shows, and the net reads. */
export const drawing = computed<Drawing>(() =>
  played.value === null ? deeds.value : partOf(exampleStroke, played.value),
);
export const isBlank = computed(() => visible(drawing.value).length === 0);

/** Whether it is the example that there is to look at: on the pad, or because that is blank. */
export const isExample = computed(() => played.value !== null || isBlank.value);

/** What the test image on the pad is called by those who labelled it; null where nobody knows. */
export const truth = computed(() => untouchedDigit(drawing.value)?.name ?? null);

export const erasing = signal(false);

/** Whether the last thing on the pad is a stroke that goes on. */
export const stroking = signal(false);

/** Puts a drawing of the person's there. */
export function put(next: Drawing): void {
  batch(() => {
    played.value = null;
    deeds.value = next;
  });
}

export function beginStroke(point: Point): void {
  const erases = erasing.value;
  const width = erases ? eraserWidth : penWidth;
  put([...deeds.value, { kind: 'stroke', points: [point], width, erases }]);
  stroking.value = true;
}

export function continueStroke(points: Point[]): void {
  if (stroking.value) put(extended(deeds.value, points));
}

export function endStroke(): void {
  stroking.value = false;
}

export function clear(): void {
  endStroke();
  put(cleared(deeds.value));
  erasing.value = false;
}

export function undo(): void {
  endStroke();
  put(undone(deeds.value));
}

let turn = Math.floor(Math.random() * 10_000);

/** Covers the pad with a test digit. */
export function layDigit(digit: Omit<Digit, 'kind'>): void {
  endStroke();
  const { index, label, name, pixels } = digit;
  put(begun(deeds.value, { kind: 'digit', index, label, name, pixels }));
  erasing.value = false;
}

/** Covers the pad with a picture that is no test digit, [28 x 28]. */
export function layImage(pixels: Uint8Array): void {
  endStroke();
  put(begun(deeds.value, { kind: 'image', pixels }));
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
