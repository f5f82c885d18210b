/** What labels are called. */
import type { Reading } from '../engine/protocol';

export const nameOf = (label: number, { classes }: Reading): string => classes[label]!;

/** CSS: a column as wide as the longest name, within reason, so that all rows begin alike. */
export function nameColumn({ classes }: Reading): string {
  const widest = 8;
  const longest = Math.max(...classes.map(({ length }) => length));
  return `--name: ${Math.min(widest, longest)}ch`;
}

/** As many labels as one can take in, the best where there are more; in their order. */
export function shownLabels(scores: ArrayLike<number>): number[] {
  const most = 12;
  const labels = Array.from(scores, (_, label) => label);
  const best = labels.sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, most);
  return best.sort((a, b) => a - b);
}
