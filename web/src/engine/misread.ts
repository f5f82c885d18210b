/** Which digits a net takes for which, by the answers of a test on all images of a split. */
import type { Session } from './builds';
import type { Judged, Tested } from './test-net';

export interface MisreadDigit {
  index: number;
  label: number;
  /** What its label is called. */
  name: string;
  /** What the net took it for. */
  read: number;
  /** [28 x 28], 0 background. */
  pixels: Uint8Array;
}

export interface Misread {
  /** Of which images. */
  split: Judged;
  /** Images read. */
  read: number;
  /** [10 x 10] how often each label, a row, was read as each. */
  counts: Uint32Array;
  /** The first ones that were misread. */
  digits: MisreadDigit[];
}

export const labels = 10;
const mostDigits = 28;

export function misreadOf(net: Session, split: Judged, tested: Tested): Misread {
  const { answers, labels: truths } = tested;
  const found: Misread = {
    split,
    read: answers.length,
    counts: new Uint32Array(labels * labels),
    digits: [],
  };
  answers.forEach((read, index) => {
    const label = truths[index]!;
    found.counts[label * labels + read]! += 1;
    if (read !== label && found.digits.length < mostDigits) {
      found.digits.push({ index, read, ...net.image(split, index) });
    }
  });
  return found;
}
