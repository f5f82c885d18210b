/** A three that shows what happens to a drawing; the tools over the pad's edge leave it in view. */
import { penWidth, type Drawing, type Stroke } from '../draw/drawing';

const places: [number, number][] = [
  [0.34, 0.25],
  [0.4, 0.18],
  [0.5, 0.15],
  [0.6, 0.17],
  [0.65, 0.25],
  [0.62, 0.33],
  [0.55, 0.39],
  [0.47, 0.41],
  [0.57, 0.43],
  [0.65, 0.49],
  [0.67, 0.57],
  [0.63, 0.65],
  [0.54, 0.71],
  [0.43, 0.71],
  [0.34, 0.64],
];

/** What it is. */
export const exampleLabel = 3;

export const exampleStroke: Stroke = {
  kind: 'stroke',
  points: places.map(([x, y]) => ({ x, y })),
  width: penWidth,
  erases: false,
};

export const example: Drawing = [exampleStroke];
