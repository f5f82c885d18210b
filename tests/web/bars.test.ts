import { describe, expect, test } from 'vitest';
import type { Reading } from '../../web/src/engine/protocol';
import { barsOf, goodnessText, roundUp } from '../../web/src/read/bars';

const reading = (rows: number[][], counted = rows[0]!.map(() => true)): Reading => ({
  judge: 'lab',
  label: 0,
  layers: rows[0]!.length,
  goodness: Float32Array.from(rows.flat()),
  counted,
  softmax: new Float32Array(),
  softmaxLabel: -1,
  inputs: new Float32Array(),
  milliseconds: 0,
});

describe('bars of goodness', () => {
  test('stack the layers of a label one after another, on one scale', () => {
    const { rows, zero } = barsOf(reading([[1, 3], [2, 0]]));
    expect(zero).toBe(0);
    expect(rows[0]).toMatchObject({ label: 0, total: 4 });
    expect(rows[0]!.segments).toEqual([
      { layer: 0, goodness: 1, start: 0, length: 0.25 },
      { layer: 1, goodness: 3, start: 0.25, length: 0.75 },
    ]);
    expect(rows[1]!.segments[0]).toMatchObject({ start: 0, length: 0.5 });
  });

  test('leave out layers that do not count', () => {
    const { rows } = barsOf(reading([[100, 3], [50, 4]], [false, true]));
    expect(rows.map(({ total }) => total)).toEqual([3, 4]);
    expect(rows[1]!.segments).toEqual([{ layer: 1, goodness: 4, start: 0, length: 1 }]);
  });

  test('put goodness below zero to the left of it', () => {
    const { rows, zero } = barsOf(reading([[-1, -1], [2, 0]]));
    expect(zero).toBe(0.5);
    expect(rows[0]!.segments.map(({ start }) => start)).toEqual([0.25, 0]);
    expect(rows[1]!.segments[0]).toMatchObject({ start: 0.5, length: 0.5 });
  });

  test('stay on the track, whatever the size', () => {
    for (const size of [1e-9, 0.013, 7, 123456, 3e20]) {
      const { rows } = barsOf(reading([[size, size], [size / 3, 0]]));
      const end = Math.max(...rows.flatMap(({ segments }) => segments.map((one) => one.start + one.length)));
      expect(end).toBeLessThanOrEqual(1.000001);
      expect(end).toBeGreaterThan(0.66);
    }
  });

  test('have no length where nothing is active', () => {
    const { rows, zero } = barsOf(reading([[0], [0]]));
    expect(zero).toBe(0);
    expect(rows[0]!.segments[0]!.length).toBe(0);
  });
});

test('a scale ends at a round number', () => {
  expect([0.9, 1, 1.01, 37, 0].map(roundUp)).toEqual([1, 1, 1.2, 40, 1]);
});

test('goodness is told with as many digits as matter', () => {
  expect([0.1234, 12.34, 1234.5].map(goodnessText)).toEqual(['0.12', '12.3', '1,235']);
});
