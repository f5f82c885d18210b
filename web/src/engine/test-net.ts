/** Tests a net on images that it does not learn from, a slice at a time. */
import type { Session } from './builds';

/** Those to choose by, or those that judge in the end. */
export type Judged = 'validation' | 'test';

type Evaluation = ReturnType<Session['evaluate']>;
/** How many images a score misread; one a layer has the layer's place, from 0. */
export type Tally = Evaluation['tallies'][number];

export interface Tested {
  tested: number;
  errors: number;
  tallies: Tally[];
  /** The class that each image was taken for, in the order of the test. */
  answers: number[];
  /** The one that it is of. */
  labels: number[];
}

const sliceMilliseconds = 20;

export interface SliceWork {
  now: () => number;
  /** Lets others have their turn; resolves to whether to go on. */
  goOn: (done: number) => Promise<boolean>;
}

/**
 * Has images read in slices: `read` returns how many there were, fewer than `count` at their end.
 * Resolves to whether the end was reached.
 */
async function inSlices(
  read: (first: number, count: number) => number,
  { now, goOn }: SliceWork,
): Promise<boolean> {
  let slice = 20;
  for (let done = 0; ; ) {
    const started = now();
    const images = read(done, slice);
    const taken = Math.max(1, now() - started);
    done += images;
    if (images < slice) return true;
    slice = Math.max(1, Math.min(500, Math.round((slice * sliceMilliseconds) / taken)));
    if (!(await goOn(done))) return false;
  }
}

/** Tests on every `stride`-th image of a split, from `from` on; null when told to stop before the end. */
export async function testNet(
  net: Session,
  split: Judged,
  stride: number,
  work: SliceWork,
  from = 0,
): Promise<Tested | null> {
  const sum: Tested = { tested: 0, errors: 0, tallies: [], answers: [], labels: [] };
  const test = (first: number, count: number): number => {
    const part = net.evaluate(split, from + first * stride, count, stride);
    add(sum, part);
    return part.images;
  };
  return (await inSlices(test, work)) ? sum : null;
}

/** Finds out when to doubt the net; resolves to whether it was not told to stop before. */
export const calibrateNet = (net: Session, work: SliceWork): Promise<boolean> =>
  inSlices((first, count) => net.calibrate(first, count), work);

function add(sum: Tested, part: Evaluation): void {
  sum.tested += part.images;
  sum.errors += part.errors;
  sum.answers.push(...part.answers);
  sum.labels.push(...part.labels);
  if (sum.tallies.length === 0) sum.tallies = part.tallies;
  else part.tallies.forEach(({ errors }, score) => (sum.tallies[score]!.errors += errors));
}
