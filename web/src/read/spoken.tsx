/** Tells a screen reader what a drawing was read as, once, a moment after its last stroke. */
import { effect, signal } from '@preact/signals';
import { drawing, played, stroking, truth } from '../draw/pad-state';
import { isReading, reading } from './reading';
import { spoken, verdictOf } from './verdict';

const moment = 600; // milliseconds

const said = signal('');

export const Spoken = () => (
  <p class="unseen" role="status" aria-label="Answer">
    {said}
  </p>
);

export function keepSpeaking(): void {
  const due = signal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Whatever changes on the pad, or a stroke that goes on, puts it off.
  effect(() => {
    const [, goesOn] = [drawing.value, stroking.value];
    clearTimeout(timer);
    due.value = false;
    said.value = '';
    if (goesOn || played.value !== null) return;
    timer = setTimeout(() => (due.value = true), moment);
  });
  effect(() => {
    if (!due.value || isReading.value) return;
    due.value = false;
    const now = reading.peek();
    if (now) said.value = spoken(verdictOf(now, truth.peek()), truth.peek());
  });
}
