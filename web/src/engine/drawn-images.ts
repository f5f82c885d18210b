/** Images of drawings, as a net learns from them and is judged by them. */
import type { Stroke } from '../draw/drawing';
import { randomFrom } from '../random';
import type { Session } from './builds';
import { countLabels, type DataSplit } from './data';
import { joined } from './joined';
import { rasterOf } from './raster';
import { variantOf } from './variants';

/** A sign to be learnt: what it is called, and how it was drawn. */
export interface Lesson {
  name: string;
  drawings: Stroke[][];
}

/** Images of 28x28 pixels one after another, 0 background, and the label of each. */
export interface Images {
  pixels: Uint8Array;
  labels: Uint8Array;
}

export const noImages: Images = { pixels: new Uint8Array(), labels: new Uint8Array() };

/** The images of both, in that order. */
export const both = (one: Images, other: Images): Images => ({
  pixels: joined([one.pixels, other.pixels]),
  labels: joined([one.labels, other.labels]),
});

/** Of so many drawings of a sign, this many are kept from the net, to judge it by. */
export const heldOut = (drawings: number): number => Math.floor(drawings / 3);

/** What a net learns from in place of one drawing, each so often that a sign counts like a digit. */
const variants = 20;
const times = 4;
/** Pixels a side of a drawing that is to be prepared. */
const drawnSide = 120;
/** Between turns of the event loop. */
const atOnce = 8;

/**
 * The last third of each sign's drawings as they are, and of the others variants, the same for the
 * same seed; the first sign has label `first`. `turn` is told the share that is done, and lets others
 * have their turn.
 */
export async function imagesOf(
  lessons: Lesson[],
  first: number,
  seed: number,
  net: Session,
  turn: (share: number) => Promise<void>,
): Promise<{ learnt: Images; held: Images }> {
  const random = randomFrom(seed);
  const learnt = new Collected(net);
  const held = new Collected(net);
  const works = lessons.flatMap(({ drawings }, sign) => {
    const kept = drawings.length - heldOut(drawings.length);
    return drawings.flatMap((strokes, index) => {
      if (index >= kept) return [() => held.add(first + sign, strokes)];
      return Array.from({ length: variants }, () => () => {
        learnt.add(first + sign, variantOf(strokes, random));
      });
    });
  });
  for (const [index, work] of works.entries()) {
    work();
    if (index % atOnce === 0) await turn(index / works.length);
  }
  return { learnt: learnt.images(times), held: held.images(1) };
}

/** Drawings as images, prepared as any drawing is before it is read; blank ones are left out. */
class Collected {
  private readonly pixels: Uint8Array[] = [];
  private readonly labels: number[] = [];

  constructor(private readonly net: Session) {}

  add(label: number, strokes: Stroke[]): void {
    const ink = rasterOf(strokes, drawnSide);
    const pixels = this.net.prepareDrawing(ink, drawnSide, drawnSide);
    if (!pixels) return;
    this.pixels.push(pixels);
    this.labels.push(label);
  }

  /** All of them, so many times. */
  images(times: number): Images {
    const again = <Item>(list: Item[]): Item[] => Array<Item[]>(times).fill(list).flat();
    return { pixels: joined(again(this.pixels)), labels: Uint8Array.from(again(this.labels)) };
  }
}

const imagesHeader = 16; // bytes
const labelsHeader = 8;
const imageSize = 784;

/** Images of a split in IDX format: `count` or as many as there are, spread evenly over it. */
export function spreadOver({ images, labels }: DataSplit, count: number): Images {
  const all = countLabels(labels);
  if (images.length !== imagesHeader + all * imageSize) {
    throw new Error('The test or training images are damaged, or not of 28 × 28 pixels.');
  }
  const step = Math.max(1, Math.floor(all / count));
  const chosen = Array.from({ length: Math.min(count, all) }, (_, place) => place * step);
  return {
    pixels: joined(
      chosen.map((at) =>
        images.subarray(imagesHeader + at * imageSize, imagesHeader + (at + 1) * imageSize),
      ),
    ),
    labels: Uint8Array.from(chosen, (at) => labels[labelsHeader + at]!),
  };
}
