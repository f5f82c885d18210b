/** Seeded sets of drawings: digits written plainly and oddly, and what is none. */
import { penWidth } from '../../../web/src/draw/drawing';
import { placements, plain, strokesOf, type Placement } from '../../e2e/handwriting';
import { Chance } from './chance';
import { forChoosing, forJudging } from './glyphs';
import { inkOf, type Point, type Strokes } from './ink';

export interface Drawing {
  kind: string;
  /** Null where it is none. */
  digit: number | null;
  ink: Uint8Array;
}

const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const hands = [0, 1, 2];

const moved = (strokes: Strokes, move: (point: Point) => Point): Strokes =>
  strokes.map((stroke) => stroke.map(move));

/** Turned about its middle, leaning to the right, and stretched; angles in radians. */
const bent = (strokes: Strokes, turn: number, slant: number, wide: number, high: number): Strokes =>
  moved(strokes, ({ x, y }) => {
    const [across, down] = [(x - 0.5) * wide - slant * (y - 0.5), (y - 0.5) * high];
    return {
      x: 0.5 + across * Math.cos(turn) - down * Math.sin(turn),
      y: 0.5 + across * Math.sin(turn) + down * Math.cos(turn),
    };
  });

/** As a hand shakes: what it is off by changes from place to place, but not at once. */
function shaken(strokes: Strokes, chance: Chance, by: number): Strokes {
  let [right, down] = [0, 0];
  return moved(strokes, ({ x, y }) => {
    right = 0.6 * right + chance.between(-by, by);
    down = 0.6 * down + chance.between(-by, by);
    return { x: x + right, y: y + down };
  });
}

/** Where on the pad, and how thick. */
type Place = Placement & { brush: number };

/** Strokes in a square of 1 on the pad; what hangs over its edges is cut off by the pad's. */
function drawn(kind: string, digit: number | null, strokes: Strokes, place: Place): Drawing {
  const { size, left, top, brush } = place;
  const onPad = moved(strokes, ({ x, y }) => ({ x: left + x * size, y: top + y * size }));
  return { kind, digit, ink: inkOf(onPad, brush) };
}

const somewhere = (chance: Chance): Place => {
  const size = chance.between(0.4, 0.7);
  const margin = (1 - size) / 2;
  return {
    name: 'somewhere',
    size,
    left: margin + chance.between(-0.05, 0.05),
    top: margin + chance.between(-0.05, 0.05),
    brush: chance.between(0.03, 0.09),
  };
};

/** As a person draws it once more: never quite the same. */
const byHand = (strokes: Strokes, chance: Chance): Strokes =>
  shaken(
    bent(
      strokes,
      chance.between(-0.08, 0.08),
      chance.between(-0.12, 0.12),
      chance.between(0.8, 1.1),
      chance.between(0.9, 1.1),
    ),
    chance,
    0.008,
  );

const handwritten = (digit: number, hand: number): Strokes => plain(digit, hand).strokes;

/** 120: every hand's every digit in four places. */
export const plainDigits = (): Drawing[] =>
  digits.flatMap((digit) =>
    hands.flatMap((hand) =>
      [0, 1, 3, 4].map((shift) => {
        const place = placements[(digit + hand + shift) % placements.length]!;
        return drawn('plain', digit, handwritten(digit, hand), { ...place, brush: penWidth });
      }),
    ),
  );

type Oddity = (strokes: Strokes, chance: Chance) => Strokes;
const oddities: Record<string, Oddity> = {
  'leaning right': (strokes, chance) => bent(strokes, 0, chance.between(0.25, 0.45), 1, 1),
  'leaning left': (strokes, chance) => bent(strokes, 0, chance.between(-0.3, -0.15), 1, 1),
  shaken: (strokes, chance) => shaken(strokes, chance, 0.03),
  wide: (strokes, chance) => bent(strokes, 0, 0, chance.between(1.1, 1.4), 0.75),
  narrow: (strokes, chance) => bent(strokes, chance.between(-0.12, 0.12), 0, 0.5, 1.1),
};

/** 150: every hand's every digit in five odd ways. */
export function oddDigits(seed: number): Drawing[] {
  const chance = new Chance(seed);
  return Object.entries(oddities).flatMap(([kind, change]) =>
    digits.flatMap((digit) =>
      hands.map((hand) => {
        const strokes = change(handwritten(digit, hand), chance);
        return drawn(kind, digit, strokes, somewhere(chance));
      }),
    ),
  );
}

/** One long smooth line, or two, through places at random. */
function scribble(chance: Chance): Strokes {
  const place = () => `${chance.whole(0, 100)},${chance.whole(0, 100)}`;
  const line = () => Array.from({ length: chance.whole(6, 11) }, place).join(' ');
  return strokesOf(chance.share() < 0.5 ? line() : `${line()}|${line()}`);
}

function twoDigits(chance: Chance): Strokes {
  const one = (left: number) =>
    moved(handwritten(chance.whole(0, 9), chance.whole(0, 2)), ({ x, y }) => ({
      x: left + 0.42 * x,
      y: 0.15 + 0.7 * y,
    }));
  return [...one(0), ...one(0.56)];
}

/** Those whose mirror image is no digit; 2 and 5 become neither each other nor themselves. */
const mirrored = (chance: Chance): Strokes =>
  moved(handwritten(chance.whole(2, 7), chance.whole(0, 2)), ({ x, y }) => ({ x: 1 - x, y }));

function nonDigits(seed: number, glyphs: typeof forJudging): Drawing[] {
  const chance = new Chance(seed);
  const some = (kind: string, count: number, make: (turn: number) => Strokes): Drawing[] =>
    Array.from({ length: count }, (_, turn) =>
      drawn(kind, null, byHand(make(turn), chance), somewhere(chance)),
    );
  const each = (texts: string[]) => (turn: number) => strokesOf(texts[turn % texts.length]!);
  return [
    ...some('letter', 60, each(glyphs.letters)),
    ...some('shape', 60, each(glyphs.shapes)),
    ...some('scribble', 40, () => scribble(chance)),
    ...some('two digits', 40, () => twoDigits(chance)),
    ...some('mirrored digit', 40, () => mirrored(chance)),
  ];
}

/** 240 that nets and thresholds are chosen by. */
export const nonDigitsForChoosing = (): Drawing[] => nonDigits(11, forChoosing);

/** 240 others that they are judged by. */
export const nonDigitsForJudging = (): Drawing[] => nonDigits(2027, forJudging);
