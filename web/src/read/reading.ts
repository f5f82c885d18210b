/** What the net makes of the drawing: asked while one draws, the newest drawing only. */
import { computed, effect, signal } from '@preact/signals';
import { GivenUp } from '../engine/client';
import { client, engineState, listen } from '../engine/connection';
import type { Judge, Picture, Reading } from '../engine/protocol';
import { untouchedDigit, visible, type Drawing } from '../draw/drawing';
import { inkOf, inkSide } from '../draw/paint';
import { drawing } from '../draw/pad-state';
import { say } from '../status/status';
import { example } from './example';

/** Whose answer is shown. */
export const judge = signal<Judge>('pretrained');

/** Of the drawing; null while it is blank, or not read yet. */
export const reading = signal<Reading | null>(null);

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

let asking = false;
let stale = false;

/** Reads what is on the pad; one question at a time, then the newest that came meanwhile. */
async function read(): Promise<void> {
  if (asking) {
    stale = true;
    return;
  }
  asking = true;
  do {
    stale = false;
    await readOnce().catch((error: unknown) => {
      if (!(error instanceof GivenUp)) say('fault', (error as Error).message);
    });
  } while (stale);
  asking = false;
}

async function readOnce(): Promise<void> {
  const ask = (deeds: Drawing): Promise<Reading | null> =>
    client.ask({ type: 'read', judge: judge.peek(), picture: pictureOf(deeds) });
  const deeds = drawing.peek();
  if (visible(deeds).length > 0) {
    const answer = await ask(deeds);
    // What was cleared meanwhile has no answer.
    if (visible(drawing.peek()).length > 0) reading.value = answer;
  }
  if (!reading.peek()) exampleReading.value = await ask(example);
}

/** Reads again after every change of the drawing or of the judge. */
export function keepReading(): void {
  let frame = 0;
  effect(() => {
    const nothing = visible(drawing.value).length === 0;
    void judge.value;
    if (nothing) reading.value = null;
    if (engineState.value !== 'ready') return;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => void read());
  });
  // A net in training changes its mind.
  listen((event) => {
    if (event.type === 'progress' && judge.peek() === 'lab') void read();
  });
}
