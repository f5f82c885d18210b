/** The places of the page, in their order, and where on it the person is. */
import { signal } from '@preact/signals';
import { optional } from '../optional';

export const places = [
  { id: 'draw', title: 'Read' },
  { id: 'step', title: 'One step' },
  { id: 'train', title: 'Learn' },
  { id: 'compare', title: 'Compare' },
  { id: 'inside', title: 'Inside' },
  { id: 'signs', title: 'Your signs' },
] as const;

export type Place = (typeof places)[number]['id'];

export const here = signal<Place>(places[0].id);

/** Whether the first place is out of view. */
export const passedFirst = signal(false);

/** Share of the window's height that a place must reach to be the one where the person is. */
const line = 0.4;

function look(): void {
  const boxes = places.flatMap(({ id }) => {
    const box = document.getElementById(id)?.getBoundingClientRect();
    return box && box.height > 0 ? [{ id, box }] : []; // a room shows few of them
  });
  here.value = boxes.findLast(({ box }) => box.top < innerHeight * line)?.id ?? places[0].id;
  const first = boxes.find(({ id }) => id === places[0].id);
  passedFirst.value = !first || first.box.bottom <= 0;
}

export function keepPlace(): void {
  addEventListener('scroll', look, { passive: true });
  addEventListener('resize', look, { passive: true });
  addEventListener('hashchange', look);
  // What comes later moves what is below it.
  optional(() => new ResizeObserver(() => requestAnimationFrame(look)).observe(document.body));
}
