import { describe, expect, test } from 'vitest';
import { acrossOf, cellsOf, placeAt, strongestFirst } from '../../web/src/inside/cells';
import { nearest, scaleOf, towards } from '../../web/src/inside/map-places';
import { listed, sidesOf } from '../../web/src/inside/sides';

const viewOf = (own: number[], rival: number[] = []) => ({
  units: own.length,
  places: own.length,
  activity: new Float32Array(own.length + rival.length),
  adds: Float32Array.from([...own, ...rival]),
  goodness: new Float32Array(2),
});

describe('cells of a layer', () => {
  test('have areas as what a unit adds, and as the difference between the labels', () => {
    const cells = cellsOf(viewOf([4, 1, 0], [1, 2, 0]), true);
    expect(cells.map(({ outer }) => outer ** 2 * 4)).toEqual([4, 2.0000000000000004, 0]);
    expect(cells.map(({ inner }) => inner ** 2 * 4)).toEqual([2.9999999999999996, 1, 0]);
    expect(cells.map(({ adds, rivalAdds }) => adds - rivalAdds)).toEqual([3, -1, 0]);
  });

  test('have no difference where nothing is compared', () => {
    const cells = cellsOf(viewOf([4, 1, 0]), false);
    expect(cells.map(({ outer }) => outer)).toEqual([1, 0.5, 0]);
    expect(cells.every(({ inner }) => inner === 0)).toBe(true);
  });

  test('stay within themselves where all units are silent, or below zero', () => {
    for (const cell of cellsOf(viewOf([0, 0], [0, 0]), true)) {
      expect([cell.outer, cell.inner]).toEqual([0, 0]);
    }
    for (const cell of cellsOf(viewOf([-3, 2], [3, -1]), true)) {
      expect(cell.outer).toBeLessThanOrEqual(1);
      expect(cell.inner).toBeLessThanOrEqual(1);
    }
  });

  test('come in the order in which they tell the labels apart', () => {
    expect(strongestFirst(cellsOf(viewOf([4, 1, 0, 9], [4, 3, 1, 4]), true), true)).toEqual([
      3, 1, 2, 0,
    ]);
    expect(strongestFirst(cellsOf(viewOf([4, 1, 5]), false), false)).toEqual([2, 0, 1]);
  });

  test('lie in a field a little wider than high', () => {
    expect([500, 100, 1000, 1].map(acrossOf)).toEqual([25, 12, 36, 2]);
  });

  test('are found where they are, and none beside them', () => {
    const at = (right: number, down: number) => placeAt(right, down, 4, 10);
    expect([at(0, 0), at(3.9, 0.5), at(0.1, 1), at(1.5, 2.9)]).toEqual([0, 3, 4, 9]);
    expect([at(-0.1, 1), at(4, 1), at(2, 2), at(0, 3), at(1, -0.1)]).toEqual([null, null, null, null, null]);
  });
});

test('a unit speaks for the classes that light it much more than the others', () => {
  expect(sidesOf([1, 1, 1, 9, 1, 0.1])).toEqual({ speaksFor: [3], against: [5, 4, 2] });
  expect(sidesOf([1, 1.1, 0.9])).toEqual({ speaksFor: [], against: [] });
  expect(sidesOf([0, 0, 0])).toEqual({ speaksFor: [], against: [] });
  expect(['', 'a', 'a b', 'a b c'].map((names) => listed(names.split(' ')))).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
});

describe('the map', () => {
  // A cross of four points around the middle, and one far to the right.
  const places = Float32Array.from([0, 0, 1, 0, 0, 1, -1, 0, 0, -1, 5, 0.5]);

  test('finds the nearest images', () => {
    expect(nearest(places, { x: 0.9, y: 0.2 }, 2)).toEqual([1, 0]);
  });

  test('is gone through by arrow keys, up being up', () => {
    expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map((key) => towards(places, 0, key))).toEqual(
      [3, 1, 2, 4],
    );
    expect(towards(places, 5, 'ArrowRight')).toBeNull();
    expect(towards(places, 0, 'Enter')).toBeNull();
  });

  test('is as wide as its place, with one scale for both axes, and back again', () => {
    const { to, back, height } = scaleOf(places, 324);
    expect(to({ x: -1, y: 1 })).toEqual({ x: 12, y: 12 });
    expect(to({ x: 5, y: -1 })).toEqual({ x: 312, y: 112 });
    expect(height).toBe(124);
    expect(back(to({ x: 0.5, y: 0.25 }))).toEqual({ x: 0.5, y: 0.25 });
  });
});
