/**
 * Digits as three hands write them, and how they are drawn with a pointer.
 *
 * A hand's digit is a text: strokes with | between them, each a list of places "x,y" in a square of
 * 100 with y down; the pen goes smoothly through the places, and turns sharply where one is doubled.
 */
import type { Page } from 'playwright-core';

const hands: string[][] = [
  [
    '50,2 25,15 15,50 25,85 50,98 75,85 85,50 75,15 50,2',
    '70,10 45,5 22,30 15,65 30,92 55,93 78,65 85,30 70,8 55,6',
    '50,0 35,20 32,50 36,82 50,100 64,82 68,50 63,18 48,0',
  ],
  ['50,0 50,100', '62,0 40,100', '34,24 54,2 54,2 54,100'],
  [
    '18,25 30,6 55,2 75,15 75,35 55,62 30,85 15,97 15,97 50,96 88,95',
    '20,22 40,3 68,8 76,30 60,60 30,88 15,92 14,80 28,76 50,90 70,97 88,90',
    '15,30 25,8 50,0 72,14 70,40 45,70 20,95 20,95 85,97',
  ],
  [
    '24,18 38,5 58,2 74,12 74,30 60,43 44,47 44,47 66,52 80,66 78,84 60,96 40,97 22,86',
    '20,4 78,4 78,4 45,40 45,40 70,48 82,70 65,93 40,98 17,86',
    '20,15 45,0 70,10 70,32 45,47 45,47 75,58 80,80 60,98 30,97 15,85',
  ],
  [
    '30,2 20,50 20,50 82,50|72,5 68,100',
    '65,0 12,68 12,68 90,68|65,0 65,100',
    '25,5 20,35 30,52 55,52 75,42|80,2 75,50 70,100',
  ],
  [
    '75,4 28,4 28,4 24,42 24,42 50,36 76,50 78,75 60,95 35,98 15,87',
    '30,5 27,40 27,40 55,38 75,55 72,82 50,97 20,90|30,5 80,3',
    '78,8 45,5 28,20 30,42 55,48 74,62 70,85 45,98 18,90',
  ],
  [
    '68,2 40,25 22,60 28,88 50,98 72,85 72,65 50,55 28,68',
    '60,0 35,30 25,70 40,97 65,93 75,72 58,57 35,66 26,80',
    '72,5 45,20 27,50 22,75 35,95 60,97 75,80 65,60 42,58 25,75',
  ],
  [
    '15,5 85,5 85,5 60,45 42,100',
    '15,5 85,5 85,5 60,45 42,100|35,50 75,50',
    '15,10 50,6 82,8 82,8 62,40 50,70 46,100',
  ],
  [
    '72,15 50,2 28,14 32,35 55,48 75,65 74,88 50,99 26,88 26,66 48,48 70,33 72,15',
    '50,2 30,12 30,34 50,46 70,34 70,12 50,2|50,46 26,60 26,86 50,99 74,86 74,60 50,46',
    '75,10 55,0 36,12 42,35 60,52 66,78 48,98 25,90 28,68 50,47 72,30 76,12',
  ],
  [
    '72,20 50,3 28,15 27,38 48,50 70,38 73,15 73,15 70,60 62,100',
    '74,22 55,2 30,12 26,36 45,50 68,40 75,20 76,50 66,85 42,98 25,90',
    '70,25 50,5 30,20 32,42 55,46 72,25 72,25 68,60 66,100',
  ],
];

interface Point {
  x: number;
  y: number;
}

/** Where on the pad a digit goes; shares of the pad's side. */
export interface Placement {
  name: string;
  size: number;
  left: number;
  top: number;
}

export const placements: Placement[] = [
  { name: 'small, top left', size: 0.32, left: 0.02, top: 0.03 },
  { name: 'large', size: 0.8, left: 0.1, top: 0.1 },
  { name: 'as large as the pad', size: 0.86, left: 0.07, top: 0.07 },
  { name: 'rather small, bottom right', size: 0.4, left: 0.57, top: 0.56 },
  { name: 'middling, top right', size: 0.55, left: 0.42, top: 0.03 },
  { name: 'small, bottom left', size: 0.36, left: 0.02, top: 0.61 },
];

export interface Sample {
  digit: number;
  placement: Placement;
  strokes: Point[][];
}

/** Every hand's every digit, each in two of the places. */
export function samples(): Sample[] {
  return hands.flatMap((ways, digit) =>
    ways.flatMap((text, hand) =>
      [0, 3].map((shift) => {
        const placement = placements[(digit + hand + shift) % placements.length]!;
        return { digit, placement, strokes: strokesOf(text) };
      }),
    ),
  );
}

/** One hand's digit in the middle of the pad. */
export const plain = (digit: number, hand = 0): Sample => ({
  digit,
  placement: { name: 'plain', size: 0.7, left: 0.15, top: 0.15 },
  strokes: strokesOf(hands[digit]![hand]!),
});

export const strokesOf = (text: string): Point[][] =>
  text.split('|').map((stroke) =>
    smooth(
      stroke.split(' ').map((place) => {
        const [x, y] = place.split(',').map(Number) as [number, number];
        return { x: x / 100, y: y / 100 };
      }),
    ),
  );

const steps = 3;

/** A Catmull-Rom curve through the places. */
function smooth(places: Point[]): Point[] {
  const at = (index: number): Point => places[Math.min(places.length - 1, Math.max(0, index))]!;
  const curve = places.slice(1).flatMap((_, index) =>
    Array.from({ length: steps }, (_step, step) => {
      const t = (step + 1) / steps;
      const [a, b, c, d] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
      const blend = (key: 'x' | 'y'): number =>
        0.5 *
        (2 * b[key] +
          (c[key] - a[key]) * t +
          (2 * a[key] - 5 * b[key] + 4 * c[key] - d[key]) * t * t +
          (3 * b[key] - a[key] - 3 * c[key] + d[key]) * t * t * t);
      return { x: blend('x'), y: blend('y') };
    }),
  );
  return [at(0), ...curve];
}

interface Box extends Point {
  width: number;
  height: number;
}

/** Where the pen goes on a pad that covers that box. */
export const strokesOn = (box: Box, { placement, strokes }: Sample): [x: number, y: number][][] => {
  const { size, left, top } = placement;
  return strokes.map((stroke) =>
    stroke.map(({ x, y }) => [
      box.x + (left + x * size) * box.width,
      box.y + (top + y * size) * box.height,
    ]),
  );
};

/** Draws with the mouse, as a person would. */
export async function draw(page: Page, sample: Sample): Promise<void> {
  const pad = page.getByLabel('Draw a digit');
  await pad.scrollIntoViewIfNeeded();
  for (const [first, ...others] of strokesOn((await pad.boundingBox())!, sample)) {
    await page.mouse.move(...first!);
    await page.mouse.down();
    // As fast as the browser takes them: it gives the page several places a frame.
    await Promise.all(others.map((place) => page.mouse.move(...place)));
    await page.mouse.up();
  }
}

/** What the page says after it has read what was drawn. */
export async function prediction(page: Page): Promise<string> {
  await page.locator('[aria-label="Prediction"]:not([aria-busy="true"])').waitFor();
  return page.getByLabel('Prediction').innerText();
}

/** The digit in the page's words; null when they hold none. */
export const digitIn = (words: string): number | null => {
  const found = /\d/.exec(words);
  return found && Number(found[0]);
};
