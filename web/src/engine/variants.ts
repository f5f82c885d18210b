/** A drawing as the same hand might have made it another time. */
import type { Point, Stroke } from '../draw/drawing';
import type { Random } from '../random';

const mostTurn = (10 * Math.PI) / 180;
/** Shares of a side. */
const mostStretch = 0.12;
const mostSlant = 0.12;
const mostBend = 0.025;
const mostApart = 0.02;
/** Of the pen's width. */
const thinnest = 0.7;
const thickest = 1.4;
/** Share of the side that a drawing's longer side takes before, so that no variant goes beyond. */
const size = 0.5;

/** Turned, stretched, slanted and bent a little, each stroke a little out of its place. */
export function variantOf(strokes: readonly Stroke[], random: Random): Stroke[] {
  const within = (most: number): number => (2 * random() - 1) * most;
  const { centre, scale } = frameOf(strokes);
  const thickness = scale * (thinnest + random() * (thickest - thinnest));
  const [turn, slant] = [within(mostTurn), within(mostSlant)];
  const [wide, high] = [Math.exp(within(mostStretch)), Math.exp(within(mostStretch))];
  const [across, down] = [waveOf(within(mostBend), random), waveOf(within(mostBend), random)];
  const moved = (point: Point, apart: Point): Point => {
    const [right, below] = [(point.x - centre.x) * scale, (point.y - centre.y) * scale];
    const y = (below + apart.y + down(right)) * high;
    const x = (right + apart.x + across(below)) * wide + slant * y;
    return {
      x: 0.5 + x * Math.cos(turn) - y * Math.sin(turn),
      y: 0.5 + x * Math.sin(turn) + y * Math.cos(turn),
    };
  };
  return strokes.map((stroke) => {
    const apart = { x: within(mostApart), y: within(mostApart) };
    const points = stroke.points.map((point) => moved(point, apart));
    return { ...stroke, points, width: stroke.width * thickness };
  });
}

/** One wave a side, beginning anywhere. */
function waveOf(height: number, random: Random): (at: number) => number {
  const from = random() * 2 * Math.PI;
  return (at) => height * Math.sin(2 * Math.PI * at + from);
}

/** The middle of a drawing, and what brings its longer side to `size`. */
function frameOf(strokes: readonly Stroke[]): { centre: Point; scale: number } {
  const all = strokes.flatMap(({ points }) => points);
  const ends = (places: number[]): [number, number] => [Math.min(...places), Math.max(...places)];
  const [left, right] = ends(all.map(({ x }) => x));
  const [top, bottom] = ends(all.map(({ y }) => y));
  const pen = Math.max(...strokes.map(({ width }) => width));
  const longer = Math.max(right - left, bottom - top) + pen;
  return { centre: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: size / longer };
}
