import { describe, expect, test } from 'vitest';
import { lastShown, lineOf, pathOf, scalesOf } from '../../web/src/train/curve';
import { paintField, smoothed } from '../../web/src/train/weights';

const frame = { left: 10, top: 20, width: 100, height: 200 };

const point = (images: number, error: number) => ({
  images,
  elapsed: images / 1000,
  error,
  full: false,
});

describe('the curve of mistakes', () => {
  test('gives each halving of the error the same height', () => {
    const { y } = scalesOf(frame, [[point(100, 0.9), point(200, 0.01)]]);
    expect(y(0.1) - y(0.2)).toBeCloseTo(y(0.02) - y(0.04));
    expect(y(1)).toBe(20);
    expect(y(0.01)).toBe(220);
  });

  test('keeps an error of none on the chart', () => {
    const { y } = scalesOf(frame, [[point(100, 0)]]);
    expect(y(0)).toBe(220);
  });

  test('shows the run before up to twice as far as this one has come', () => {
    const previous = [100, 200, 300, 400].map((images) => point(images, 0.1));
    const current = [point(150, 0.2)];
    const last = lastShown(current, previous);
    expect(last).toBe(300);
    const scales = scalesOf(frame, [current, previous], 'images', last);
    expect(pathOf(previous, scales).match(/[ML]/g)).toHaveLength(3);
  });

  test('can go over seconds, which two runs take differently', () => {
    const slow = { ...point(100, 0.1), elapsed: 10 };
    const quick = { ...point(100, 0.2), elapsed: 5 };
    const { x, last } = scalesOf(frame, [[slow], [quick]], 'elapsed');
    expect(last).toBe(10);
    expect([x(slow), x(quick)]).toEqual([110, 60]);
  });

  test('goes through samples where there are any, which full tests would only unsettle', () => {
    const sample = (images: number) => point(images, 0.1);
    const full = { ...point(150, 0.08), full: true };
    expect(lineOf([sample(100), full, sample(200)])).toEqual([sample(100), sample(200)]);
    expect(lineOf([sample(100), full])).toEqual([sample(100), full]);
  });

  test('is there before there is anything to show', () => {
    const scales = scalesOf(frame, [[], []]);
    expect(pathOf([], scales)).toBe('');
    expect(scales.ticks.length).toBeGreaterThan(1);
  });
});

describe('weights as colours', () => {
  test('are blue above zero, orange below, clear at zero, stronger where larger', () => {
    const pixels = new Uint8ClampedArray(4 * 4);
    paintField(Float32Array.from([1, -1, 0, 0.5]), pixels, false);
    const [above, below, none, half] = [0, 4, 8, 12].map((at) => [...pixels.slice(at, at + 4)]);
    expect(above![2]).toBeGreaterThan(above![0]!);
    expect(below![0]).toBeGreaterThan(below![2]!);
    expect(none![3]).toBe(0);
    expect(half![3]).toBeLessThan(above![3]!);
  });

  test('of a unit without any are clear', () => {
    const pixels = new Uint8ClampedArray(8);
    paintField(new Float32Array(2), pixels, true);
    expect([pixels[3], pixels[7]]).toEqual([0, 0]);
  });
});

test('smoothing spreads a weight over its neighbours and loses nothing of it', () => {
  const weights = new Float32Array(25);
  weights[12] = 16;
  const smooth = smoothed(weights);
  expect([smooth[6], smooth[7], smooth[12], smooth[2]]).toEqual([1, 2, 4, 0]);
  expect(smooth.reduce((sum, value) => sum + value)).toBe(16);
});
