/** A three for the blank pad to show what happens to a drawing. */
import type { Drawing } from '../draw/drawing';

const places: [number, number][] = [
  [0.31, 0.28],
  [0.38, 0.2],
  [0.5, 0.16],
  [0.62, 0.19],
  [0.68, 0.28],
  [0.65, 0.38],
  [0.56, 0.45],
  [0.46, 0.48],
  [0.58, 0.5],
  [0.68, 0.57],
  [0.71, 0.67],
  [0.66, 0.77],
  [0.55, 0.84],
  [0.42, 0.84],
  [0.31, 0.76],
];

export const example: Drawing = [
  { kind: 'stroke', points: places.map(([x, y]) => ({ x, y })), width: 0.075, erases: false },
];
