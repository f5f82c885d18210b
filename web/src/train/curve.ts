/** Curves of mistakes as places on a chart. */
import type { Tested } from './run';

export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What a curve goes over: training images seen, or seconds of the run. */
export type Axis = 'images' | 'elapsed';

export interface Scales {
  x: (point: Tested) => number;
  y: (error: number) => number;
  /** At the right edge, in the axis's unit. */
  last: number;
  axis: Axis;
  /** Shares to draw a line at. */
  ticks: number[];
}

/** Round shares, each line half of the one above or nearly so. */
const rounds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
/** The earlier run is shown up to this many times as far as the present one has come. */
const ahead = 2;

/** Where a chart of this run and the one before it ends. */
export function lastShown(current: Tested[], previous: Tested[]): number {
  const reached = current.at(-1)?.images ?? 0;
  const before = previous.at(-1)?.images ?? 0;
  return Math.max(reached, Math.min(before, reached > 0 ? reached * ahead : before), 1);
}

/**
 * Errors on a logarithmic scale: a step down is the same share of mistakes less everywhere. `last`
 * is at the right edge; by default where the longest curve ends.
 */
export function scalesOf(frame: Frame, curves: Tested[][], axis: Axis = 'images', last?: number): Scales {
  const points = curves.flat();
  const end = last ?? Math.max(1, ...points.map((point) => point[axis]));
  const errors = points.map(({ error }) => error).filter((error) => error > 0);
  const smallest = errors.length > 0 ? Math.min(0.1, ...errors) : 0.01;
  const largest = errors.length > 0 ? Math.max(0.2, ...errors) : 1;
  const bottom = rounds.findLast((round) => round <= smallest) ?? rounds[0]!;
  const top = rounds.find((round) => round >= largest) ?? 1;
  const span = Math.log(top / bottom);
  return {
    x: (point) => frame.left + (point[axis] / end) * frame.width,
    y: (error) => frame.top + (Math.log(top / Math.max(error, bottom)) / span) * frame.height,
    last: end,
    axis,
    ticks: rounds.filter((round) => round >= bottom && round <= top),
  };
}

/** Samples make the line where there are any: they are comparable with each other. */
export function lineOf(points: Tested[]): Tested[] {
  const samples = points.filter(({ full }) => !full);
  return samples.length > 1 ? samples : points;
}

export const pathOf = (points: Tested[], { x, y, last, axis }: Scales): string =>
  points
    .filter((point) => point[axis] <= last)
    .map(
      (point, index) =>
        `${index ? 'L' : 'M'}${x(point).toFixed(1)} ${y(point.error).toFixed(1)}`,
    )
    .join('');
