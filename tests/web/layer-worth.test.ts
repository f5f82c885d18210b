import { describe, expect, test } from 'vitest';
import type { TestResult } from '../../web/src/engine/protocol';
import { worthOf } from '../../web/src/train/layer-worth';

const tallies = (name: string, all: number[]): TestResult['tallies'] =>
  all.map((errors, layer) => ({ name, title: '', layer, probabilities: false, errors }));

const result = (alone: number[], upto: number[]): TestResult => ({
  split: 'validation',
  images: 600,
  full: true,
  tested: 200,
  errors: upto.at(-1) ?? 12,
  tallies: [...tallies('layer', alone), ...tallies('upto', upto)],
  elapsed: 1,
});

const counted = (first: number, last = 32) => ({
  first_counted_layer: first,
  last_counted_layer: last,
});

describe('what a layer is worth', () => {
  test('is its error alone, and how much less is misread with it than before it', () => {
    expect(worthOf(result([20, 16, 40], [20, 12, 14]), counted(1))).toEqual([
      { layer: 0, alone: 0.1, brings: null },
      { layer: 1, alone: 0.08, brings: 0.04 },
      { layer: 2, alone: 0.2, brings: -0.01 },
    ]);
  });

  test('is told of counted layers after the first of them only', () => {
    const brings = worthOf(result([20, 16, 40], [0, 12, 8]), counted(2)).map((layer) => layer.brings);
    expect(brings).toEqual([null, null, 0.02]);
  });

  test('is not told of layers after the last that counts', () => {
    const brings = worthOf(result([20, 16, 40], [20, 12, 12]), counted(1, 2)).map((layer) => layer.brings);
    expect(brings).toEqual([null, 0.04, null]);
  });

  test('is not told where labels are not written into images', () => {
    expect(worthOf(result([], []), counted(1))).toEqual([]);
  });
});
