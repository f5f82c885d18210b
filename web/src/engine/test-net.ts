/** Tests a net on the test images, a slice at a time. */
import type { Session } from './builds';

export interface Tally {
  tested: number;
  errors: number;
  softmaxErrors: number;
  layerErrors: number[];
  uptoErrors: number[];
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
): Promise<Tally | null> {
  const tally: Tally = { tested: 0, errors: 0, softmaxErrors: 0, layerErrors: [], uptoErrors: [] };
  let slice = 20;
  for (;;) {
    const started = now();
    const part = net.evaluate(tally.tested * stride, slice, stride);
    const taken = Math.max(1, now() - started);
    add(tally, part);
    if (part.images < slice) return tally;
    slice = Math.max(1, Math.min(500, Math.round((slice * sliceMilliseconds) / taken)));
    if (!(await goOn(tally.tested))) return null;
  }
}

function add(tally: Tally, part: ReturnType<Session['evaluate']>): void {
  tally.tested += part.images;
  tally.errors += part.errors;
  tally.softmaxErrors += part.softmaxErrors;
  addTo(tally.layerErrors, part.layerErrors);
  addTo(tally.uptoErrors, part.uptoErrors);
}

function addTo(sums: number[], parts: number[]): void {
  parts.forEach((errors, layer) => {
    sums[layer] = (sums[layer] ?? 0) + errors;
  });
}
