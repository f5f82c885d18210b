/** What labels are called. */
import type { Reading } from '../engine/protocol';

export const nameOf = (label: number, { classes }: Reading): string => classes[label]!;

/** As many labels as one can take in, the best where there are more; in their order. */
export function shownLabels(scores: ArrayLike<number>): number[] {
  const most = 12;
  const labels = Array.from(scores, (_, label) => label);
  const best = labels.sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, most);
  return best.sort((a, b) => a - b);
}
