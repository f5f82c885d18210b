import { describe, expect, test } from 'vitest';
import { distance, eraserWidth, penWidth, type Point, type Stroke } from '../../web/src/draw/drawing';
import { strokesOf, textOf } from '../../web/src/draw/strokes-text';
import { exampleStroke } from '../../web/src/read/example';
import { plain } from '../e2e/handwriting';

const stroke = (points: Point[], erases = false): Stroke => ({
  kind: 'stroke',
  points,
  width: erases ? eraserWidth : penWidth,
  erases,
});

/** Every hand's plain digits, as strokes in the middle of the pad. */
const digits = Array.from({ length: 10 }, (_, digit) =>
  plain(digit).strokes.map((points) =>
    stroke(points.map(({ x, y }) => ({ x: 0.15 + x * 0.7, y: 0.15 + y * 0.7 }))),
  ),
);

/** How far the places of one stroke are from the line through another's, at most. */
function gap(from: Stroke, to: Stroke): number {
  const dense = to.points.flatMap((point, index) => {
    const before = to.points[index - 1] ?? point;
    return Array.from({ length: 40 }, (_, step) => ({
      x: before.x + ((point.x - before.x) * step) / 40,
      y: before.y + ((point.y - before.y) * step) / 40,
    })).concat(point);
  });
  const away = (place: Point) => Math.min(...dense.map((other) => distance(place, other)));
  return Math.max(...from.points.map(away));
}

describe('strokes as text', () => {
  test('go where they went, to a fraction of what the net can see', () => {
    for (const strokes of digits) {
      const read = strokesOf(textOf(strokes));
      expect(read).toHaveLength(strokes.length);
      read.forEach((one, index) => {
        expect(gap(one, strokes[index]!)).toBeLessThan(0.02);
        expect(distance(one.points[0]!, strokes[index]!.points[0]!)).toBeLessThan(0.005);
        expect(distance(one.points.at(-1)!, strokes[index]!.points.at(-1)!)).toBeLessThan(0.005);
      });
    }
  });

  test('take at most 300 characters for a digit, all of which an address may hold', () => {
    for (const strokes of [...digits, [exampleStroke]]) {
      const text = textOf(strokes);
      expect(text).toMatch(/^[\w-]+$/);
      expect(text.length).toBeLessThanOrEqual(300);
    }
  });

  test('keep dots, and what erases; beyond the pad they go along its edge', () => {
    const strokes = [
      stroke([{ x: 0.5, y: 0.25 }]),
      stroke([{ x: 0.1, y: 0.1 }, { x: 0.9, y: 0.1 }], true),
      stroke([{ x: -9, y: 0 }, { x: 0.5, y: 3 }]),
    ];
    const [dot, eraser, beyond] = strokesOf(textOf(strokes)) as [Stroke, Stroke, Stroke];
    expect(dot.points).toHaveLength(1);
    expect(distance(dot.points[0]!, { x: 0.5, y: 0.25 })).toBeLessThan(0.004);
    expect(eraser).toMatchObject({ erases: true, width: eraserWidth });
    for (const { x, y } of beyond.points) {
      expect(Math.min(x, y)).toBeGreaterThan(-0.1);
      expect(Math.max(x, y)).toBeLessThan(1.1);
    }
  });

  test('are refused when they are cut short, or something else', () => {
    const text = textOf([exampleStroke]);
    for (const bad of [text.slice(0, -8), 'AAAA', '%%%', 'CQ', `${text}CQ`]) {
      expect(() => strokesOf(bad), bad).toThrow();
    }
    expect(strokesOf('')).toEqual([]);
  });
});
