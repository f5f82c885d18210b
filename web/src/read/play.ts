/** The example draws itself once, as soon as there is a net to read it; the first touch ends that. */
import { effect } from '@preact/signals';
import { played } from '../draw/pad-state';
import { optional } from '../optional';
import { canRead } from './reading';

const takes = 1200; // milliseconds

export function playExample(): void {
  const still = optional(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
  if (still) {
    if (played.peek() !== null) played.value = 1;
    return;
  }
  const stop = effect(() => {
    if (!canRead.value) return;
    queueMicrotask(() => stop());
    const began = performance.now();
    const frame = (now: number): void => {
      if (played.peek() === null) return;
      played.value = Math.min(1, Math.max(0, (now - began) / takes));
      if (played.peek()! < 1) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}
