/** Test images that only one of two nets reads rightly. */
import type { Config } from '../generated/config';
import type { Session } from './builds';
import type { FetchSplit } from './data';
import { testNet } from './test-net';

export interface TestImage {
  index: number;
  label: number;
  /** What that is called. */
  name: string;
  /** [28 x 28], 0 background. */
  pixels: Uint8Array;
}

/** The first of those that only A, and only B reads rightly, and how many there are. */
export interface Disagreement {
  onlyA: TestImage[];
  onlyB: TestImage[];
  countA: number;
  countB: number;
}

const mostShown = 14;

interface World {
  fetchSplit: FetchSplit;
  turn: () => Promise<void>;
  now: () => number;
}

/** Throws a sentence where the two are of different images. */
export async function disagreementOf(a: Session, b: Session, world: World): Promise<Disagreement> {
  const [dataset, other] = [a, b].map((net) => (JSON.parse(net.config()) as Config).dataset);
  if (dataset !== other) throw new Error('These two nets have learnt to read different images.');
  const { images, labels } = await world.fetchSplit(dataset!, 'test');
  const right: Uint8Array[] = [];
  for (const net of [a, b]) {
    net.loadData('test', images, labels);
    const goOn = () => world.turn().then(() => true);
    const { answers, labels: truths } = (await testNet(net, 'test', 1, { now: world.now, goOn }))!;
    right.push(Uint8Array.from(answers, (answer, index) => Number(answer === truths[index])));
  }
  const [byA, byB] = right as [Uint8Array, Uint8Array];
  const only = (one: Uint8Array, another: Uint8Array): number[] =>
    Array.from(one.keys()).filter((index) => one[index]! > another[index]!);
  const [onlyA, onlyB] = [only(byA, byB), only(byB, byA)];
  const shown = (indices: number[]): TestImage[] =>
    indices.slice(0, mostShown).map((index) => ({ index, ...a.image('test', index) }));
  return {
    onlyA: shown(onlyA),
    onlyB: shown(onlyB),
    countA: onlyA.length,
    countB: onlyB.length,
  };
}
