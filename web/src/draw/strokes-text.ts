/**
 * Strokes as text for an address, about 150 characters for a digit. Of each: whether it erases,
 * where it begins, the pen's steps along the curve as it is painted, and an end; a byte each, then
 * in base64 as addresses take it.
 */
import { between, distance, eraserWidth, penWidth, type Point, type Stroke } from './drawing';

/** Places a byte can tell apart; they reach as far beyond the pad as an eraser can be seen from. */
const places = 255;
const margin = eraserWidth / 2;

/** Of a step, each way: half a byte. Its 0 is never used, so that a byte of 0 ends the stroke. */
const longestStep = 7;
const noStep = 8;
const end = 0;

const kinds = { draws: 1, erases: 2 };

export function textOf(strokes: readonly Stroke[]): string {
  const bytes = strokes.flatMap(bytesOf);
  const text = btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Throws when that is not what `textOf` gives. */
export function strokesOf(text: string): Stroke[] {
  const bytes = Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  );
  const strokes: Stroke[] = [];
  while (bytes.length > 0) {
    const length = bytes.indexOf(end, 3) + 1;
    if (length === 0) throw new Error('The last stroke has no end.');
    strokes.push(strokeOf(bytes.splice(0, length).slice(0, -1)));
  }
  return strokes;
}

function bytesOf({ points, erases }: Stroke): number[] {
  const curve = alongCurve(points.map(toGrid));
  const first = curve.next().value!;
  let at = rounded(first);
  const bytes = [erases ? kinds.erases : kinds.draws, at.x, at.y];
  const step = (to: Point): void => {
    bytes.push((to.x - at.x + noStep) * 16 + to.y - at.y + noStep);
    at = to;
  };
  let last = at;
  for (const place of curve) {
    last = rounded(place);
    if (Math.max(Math.abs(last.x - at.x), Math.abs(last.y - at.y)) === longestStep) step(last);
  }
  if (last.x !== at.x || last.y !== at.y) step(last);
  return [...bytes, end];
}

function strokeOf([kind, x, y, ...steps]: number[]): Stroke {
  const erases = kind === kinds.erases;
  if (!erases && kind !== kinds.draws) throw new Error('There is no such kind of stroke.');
  let at = { x: x!, y: y! };
  const points = [fromGrid(at)];
  for (const step of steps) {
    at = { x: at.x + (step >> 4) - noStep, y: at.y + (step & 15) - noStep };
    points.push(fromGrid(at));
  }
  return { kind: 'stroke', points, width: erases ? eraserWidth : penWidth, erases };
}

const side = 1 + 2 * margin;
const onGrid = (value: number): number =>
  Math.min(places, Math.max(0, ((value + margin) / side) * places));
const toGrid = ({ x, y }: Point): Point => ({ x: onGrid(x), y: onGrid(y) });
const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });
const fromGrid = ({ x, y }: Point): Point => ({
  x: (x / places) * side - margin,
  y: (y / places) * side - margin,
});

/** Along the curve that is painted through these points; no two places are further apart than 1. */
function* alongCurve(points: Point[]): Generator<Point, undefined> {
  let from = points[0]!;
  yield from;
  for (const [index, control] of points.entries()) {
    const next = points[index + 1];
    const to = next ? between(control, next, 0.5) : control;
    const steps = Math.ceil(2 * Math.max(distance(from, control), distance(control, to)));
    for (let step = 1; step <= steps; ++step) {
      const share = step / steps;
      yield between(between(from, control, share), between(control, to, share), share);
    }
    from = to;
  }
}
