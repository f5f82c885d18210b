/** Tests a net on the test images, a slice at a time. */
import type { Session } from './builds';

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

export interface TestWork {
  now: () => number;
  /** Lets others have their turn; resolves to whether to go on. */
  goOn: (tested: number) => Promise<boolean>;
}

/** Tests on every `stride`-th test image; null when told to stop before the end. */
export async function testNet(
  net: Session,
  stride: number,
  { now, goOn }: TestWork,
): Promise<Tested | null> {
  const sum: Tested = { tested: 0, errors: 0, tallies: [], answers: [], labels: [] };
  let slice = 20;
  for (;;) {
    const started = now();
    const part = net.evaluate(sum.tested * stride, slice, stride);
    const taken = Math.max(1, now() - started);
    add(sum, part);
    if (part.images < slice) return sum;
    slice = Math.max(1, Math.min(500, Math.round((slice * sliceMilliseconds) / taken)));
    if (!(await goOn(sum.tested))) return null;
  }
}

function add(sum: Tested, part: Evaluation): void {
  sum.tested += part.images;
  sum.errors += part.errors;
  sum.answers.push(...part.answers);
  sum.labels.push(...part.labels);
  if (sum.tallies.length === 0) sum.tallies = part.tallies;
  else part.tallies.forEach(({ errors }, score) => (sum.tallies[score]!.errors += errors));
}
