/** Reads test images one by one, to see which digits a net takes for which. */
import type { Session } from './builds';

export interface MisreadDigit {
  index: number;
  label: number;
  /** What the net took it for. */
  read: number;
  /** [28 x 28], 0 background. */
  pixels: Uint8Array;
}

export interface Misread {
  /** Images read. */
  read: number;
  /** [10 x 10] how often each label, a row, was read as each. */
  counts: Uint32Array;
  /** The first ones that were misread. */
  digits: MisreadDigit[];
}

export const labels = 10;
const mostDigits = 28;
const sliceMilliseconds = 20;

/** Reads every `stride`-th of `images` test images; null when told to stop before the end. */
export async function findMisread(
  net: Session,
  images: number,
  stride: number,
  { now, goOn }: { now: () => number; goOn: () => Promise<boolean> },
): Promise<Misread | null> {
  const found: Misread = { read: 0, counts: new Uint32Array(labels * labels), digits: [] };
  let sliceBegan = now();
  for (let index = 0; index < images; index += stride) {
    const { pixels, label } = net.testImage(index);
    const read = net.classify(pixels).label;
    found.read += 1;
    found.counts[label * labels + read]! += 1;
    if (read !== label && found.digits.length < mostDigits) {
      found.digits.push({ index, label, read, pixels });
    }
    if (now() - sliceBegan < sliceMilliseconds) continue;
    if (!(await goOn())) return null;
    sliceBegan = now();
  }
  return found;
}
