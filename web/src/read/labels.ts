/** What labels are called. */
import type { Reading } from '../engine/protocol';

export const nameOf = (label: number, { classes }: Pick<Reading, 'classes'>): string =>
  classes[label]!;

/** CSS: a column as wide as the longest name, within reason, so that all rows begin alike. */
export function nameColumn(classes: readonly string[]): string {
  const widest = 8;
  // Signs and other letters than Latin ones may be twice as wide as a digit.
  const longest = Math.max(...classes.map((name) => name.replace(/[^ -~]/gu, 'MM').length));
  return `--name: ${Math.min(widest, longest + 0.2)}ch`;
}

/** As many labels as one can take in, the best where there are more; in their order. */
export function shownLabels(scores: ArrayLike<number>): number[] {
  const most = 12;
  const labels = Array.from(scores, (_, label) => label);
  const best = labels.sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, most);
  return best.sort((a, b) => a - b);
}

/** How many labels there are, as a word where there is a short one. */
export const inWords = (count: number): string => (count === 10 ? 'ten' : String(count));

/** What these are names of. */
export const kindOf = (classes: readonly string[]): string =>
  classes.every((name) => /^\d$/.test(name)) ? 'digit' : 'image';

/**
 * How many of an image's first pixels are given over to the label, one each; 0 where labels are
 * written elsewhere, or nowhere. `inputs` [classes x 784].
 */
export function labelPixels({ classes, inputs }: Pick<Reading, 'classes' | 'inputs'>): number {
  const count = classes.length;
  const width = inputs.length / count;
  const inPlace = classes.every((_, label) => {
    const first = inputs.subarray(label * width, label * width + count);
    return first.every((value, pixel) => pixel === label || value < first[label]!);
  });
  return inPlace && width >= count && count <= 28 ? count : 0;
}
