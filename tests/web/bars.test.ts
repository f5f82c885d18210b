import { describe, expect, test } from 'vitest';
import type { Reading } from '../../web/src/engine/protocol';
import { barsOf, endOf, goodnessText, roundUp, type Bars } from '../../web/src/read/bars';

const reading = (rows: number[][], counted = rows[0]!.map(() => true)): Reading => ({
  judge: 'lab',
  classes: rows.map((_, label) => String(label)),
  label: 0,
  scores: rows[0]!.map((_, layer) => ({
    name: 'layer',
    title: '',
    layer,
    probabilities: false,
    values: Float32Array.from(rows, (row) => row[layer]!),
    label: 0,
  })),
  counted,
  once: false,
  inputs: new Float32Array(),
  milliseconds: 0,
  doubt: null,
});

const ends = ({ rows }: Bars): number[] => rows.map(endOf);

describe('bars of goodness', () => {
  test('stack the layers of a label one after another, on one scale', () => {
    const { rows } = barsOf(
      reading([
        [1, 3],
        [0, 2],
        [2, 0],
      ]),
    );
    expect(rows[0]).toMatchObject({ label: 0, total: 4 });
    expect(rows[0]!.segments).toEqual([
      { layer: 0, goodness: 1, start: 0, length: 0.25 },
      { layer: 1, goodness: 3, start: 0.25, length: 0.75 },
    ]);
    expect(rows[2]!.segments[0]).toMatchObject({ start: 0, length: 0.5 });
  });

  test('begin at what a layer likes least, and so do their figures', () => {
    const bars = barsOf(
      reading([
        [10, 20],
        [11, 20],
        [12, 23],
      ]),
    );
    const [least, middle, most] = ends(bars) as [number, number, number];
    expect(least).toBe(0);
    expect(most / middle).toBeCloseTo(5);
    expect(bars.rows.map(({ above }) => above)).toEqual([0, 1, 5]);
    expect(bars.rows.map(({ total }) => total)).toEqual([30, 31, 35]);
  });

  test('have a bracket from the end of the second to that of the first, the lead', () => {
    const bars = barsOf(reading([[1], [4], [3.5]]));
    expect(bars.lead).toEqual({
      label: 1,
      rival: 2,
      goodness: 0.5,
      start: ends(bars)[2],
      end: ends(bars)[1],
    });
    expect(barsOf(reading([[1]])).lead).toBeNull();
    expect(barsOf(reading([[2], [2]])).lead).toMatchObject({ label: 0, goodness: 0 });
  });

  test('are probabilities, with no lead, where there is no goodness', () => {
    const score = { name: 'softmax', title: '', layer: -1, probabilities: true, label: 1 };
    const once = { ...reading([[0], [0]], []), scores: [{ ...score, values: Float32Array.of(0.25, 0.75) }] };
    const bars = barsOf(once);
    expect(ends(bars)).toEqual([0.25, 0.75]);
    expect(bars.rows[1]).toMatchObject({ label: 1, above: 0.75 });
    expect(bars.lead).toBeNull();
  });

  test('are short where no label is much better than another', () => {
    expect(Math.max(...ends(barsOf(reading([[10], [10.1], [10.2]]))))).toBeLessThan(0.25);
  });

  test('leave out layers that do not count', () => {
    const { rows } = barsOf(
      reading(
        [
          [100, 0],
          [50, 4],
        ],
        [false, true],
      ),
    );
    expect(rows.map(({ total }) => total)).toEqual([0, 4]);
    expect(rows[1]!.segments).toEqual([{ layer: 1, goodness: 4, start: 0, length: 1 }]);
  });

  test('grow with goodness below zero, too', () => {
    const [least, most] = ends(barsOf(reading([[-3], [-1]]))) as [number, number];
    expect(most).toBeGreaterThan(least);
  });

  test('stay on the track, whatever the size', () => {
    for (const size of [1e-9, 0.013, 7, 123456, 3e20]) {
      const end = Math.max(
        ...ends(
          barsOf(
            reading([
              [size, size],
              [size / 3, 0],
            ]),
          ),
        ),
      );
      expect(end).toBeLessThanOrEqual(1.000001);
      expect(end).toBeGreaterThan(0.66);
    }
  });

  test('have no length where nothing is active', () => {
    expect(ends(barsOf(reading([[0], [0]])))).toEqual([0, 0]);
  });
});

test('a scale ends at a round number', () => {
  expect([0.9, 1, 1.01, 37, 0].map(roundUp)).toEqual([1, 1, 1.2, 40, 1]);
});

test('goodness is told with as many digits as matter', () => {
  expect([0.1234, 12.34, 1234.5].map(goodnessText)).toEqual(['0.12', '12.3', '1,235']);
});
