/** What a screen reader is told of a run, seldom enough to be listened to. */
import { signal } from '@preact/signals';

/** What was said last. */
export const announcement = signal('');

const every = 5000; // milliseconds

let saidAt = -Infinity;
let next: string | null = null;

/** Says it now, or as soon as it may; what is newer by then is said instead. */
export function announce(text: string): void {
  if (next !== null) {
    next = text;
    return;
  }
  const wait = saidAt + every - performance.now();
  if (wait <= 0) sayNow(text);
  else {
    next = text;
    setTimeout(() => {
      sayNow(next!);
      next = null;
    }, wait);
  }
}

function sayNow(text: string): void {
  saidAt = performance.now();
  announcement.value = text;
}
