/** Signs as people draw them: six kinds, a little different every time. */
import type { Page } from 'playwright-core';
import { penWidth, type Point, type Stroke } from '../../web/src/draw/drawing';
import { randomFrom, type Random } from '../../web/src/random';
import { textOfSigns, type Sign } from '../../web/src/signs/signs-text';

const full = 2 * Math.PI;

/** Of a circle about the middle; angles from the top, clockwise. */
const onCircle = (angle: number, radius: number): Point => ({
  x: radius * Math.sin(angle),
  y: -radius * Math.cos(angle),
});
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/**
 * Each draws strokes as lists of corners and places in a square from -1 to 1. `about` gives numbers
 * near the one that is meant, within a share of it.
 */
type Draw = (about: (meant: number, share?: number) => number, random: Random) => Point[][];

const kinds: Record<string, Draw> = {
  '▲': (about) => {
    const corners = [0, 1, 2].map((corner) => onCircle((corner * full) / 3, about(1, 0.15)));
    return [[...corners, corners[0]!]];
  },
  '→': (about, random) => {
    const [length, head] = [about(1, 0.1), about(0.55, 0.3)];
    const tip = { x: length, y: about(0.05, 2) };
    const ends = [-1, 1].map((side) => ({ x: length - head, y: tip.y + side * about(head, 0.3) }));
    const shaft = [{ x: -length, y: 0 }, tip];
    if (random() < 0.5) return [shaft, [ends[0]!, tip, ends[1]!]];
    return [shaft, [tip, ends[0]!], [tip, ends[1]!]];
  },
  '★': (about) => {
    const corners = range(5).map((corner) => onCircle((corner * 2 * full) / 5, about(1, 0.12)));
    return [[...corners, corners[0]!]];
  },
  '⌂': (about, random) => {
    const [wide, wall, roof] = [about(0.75, 0.15), about(0.85, 0.15), about(0.9, 0.2)];
    const box = [
      { x: -wide, y: 0 },
      { x: -wide, y: wall },
      { x: wide, y: wall },
      { x: wide, y: 0 },
    ];
    const gable = [box[0]!, { x: about(0.05, 3), y: -roof }, box[3]!];
    return random() < 0.5 ? [[...box, box[0]!], gable] : [box, gable];
  },
  '@': (about, random) => {
    const turns = about(2.2, 0.15);
    const from = random() * 0.15 * full;
    return [
      range(40).map((step) => onCircle(from + (step / 39) * turns * full, 0.08 + step / 42)),
    ];
  },
  '♥': (about, random) => {
    const [plump, dip] = [about(1, 0.12), about(0.35, 0.25)];
    const half = (side: number): Point[] =>
      range(16).map((step) => {
        const t = step / 15;
        return {
          x: side * plump * 0.9 * Math.sin(Math.PI * t ** 0.8),
          y: -dip - 0.45 * Math.sin(Math.PI * Math.min(1, t * 2.2)) + (1 + dip) * t ** 1.5,
        };
      });
    const [left, right] = [half(-1), half(1)];
    return random() < 0.5 ? [left, right] : [[...left, ...right.reverse()]];
  },
};

export const signNames = Object.keys(kinds);

/** One drawing of a sign, as a hand makes it: turned, stretched, shaken, anywhere, of any size. */
export function drawSign(name: string, random: Random): Stroke[] {
  const within = (most: number): number => (2 * random() - 1) * most;
  const about = (meant: number, share = 0.1): number => meant * (1 + within(share));
  const [turn, slant] = [within(0.18), within(0.15)];
  const [wide, high] = [1 + within(0.15), 1 + within(0.15)];
  const size = 0.22 + random() * 0.16;
  const [left, top] = [0.5 + within(0.1), 0.5 + within(0.1)];
  return kinds[name]!(about, random).map((places) => {
    const points = shaken(places, random).map(({ x, y }) => {
      const [across, down] = [x * wide + slant * y, y * high];
      return {
        x: left + size * (across * Math.cos(turn) - down * Math.sin(turn)),
        y: top + size * (across * Math.sin(turn) + down * Math.cos(turn)),
      };
    });
    return { kind: 'stroke', points, width: penWidth, erases: false };
  });
}

/** Ends that miss, corners that are not met, and lines that tremble and bow. */
function shaken(corners: Point[], random: Random): Point[] {
  const off = (most: number): Point => ({
    x: (2 * random() - 1) * most,
    y: (2 * random() - 1) * most,
  });
  const missed = corners.map(({ x, y }) => {
    const by = off(corners.length > 10 ? 0.02 : 0.09);
    return { x: x + by.x, y: y + by.y };
  });
  return missed.slice(1).flatMap((to, index) => {
    const from = missed[index]!;
    const bow = off(corners.length > 10 ? 0.01 : 0.08);
    return range(7).map((step) => {
      const share = step / 6;
      const [rise, by] = [Math.sin(Math.PI * share), off(0.012)];
      return {
        x: from.x + (to.x - from.x) * share + bow.x * rise + by.x,
        y: from.y + (to.y - from.y) * share + bow.y * rise + by.y,
      };
    });
  });
}

/** Signs of those names, each drawn so many times. */
export const drawnSigns = (names: string[], times: number, random: Random): Sign[] =>
  names.map((name) => ({ name, drawings: range(times).map(() => drawSign(name, random)) }));

/** What follows # in an address that brings such signs. */
export const signsHash = (names: string[], times: number, seed: number): string =>
  `signs=${textOfSigns(drawnSigns(names, times, randomFrom(seed)))}`;

/** Draws strokes with the mouse on the pad of that name. */
export async function drawWith(page: Page, pad: string, strokes: Stroke[]): Promise<void> {
  const canvas = page.getByLabel(pad, { exact: true });
  await canvas.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await canvas.boundingBox())!;
  for (const { points } of strokes) {
    const [first, ...others] = points.map((point): [number, number] => [
      x + point.x * width,
      y + point.y * height,
    ]);
    await page.mouse.move(...first!);
    await page.mouse.down();
    // As fast as the browser takes them: it gives the page several places a frame.
    await Promise.all(others.map((place) => page.mouse.move(...place)));
    await page.mouse.up();
  }
}
