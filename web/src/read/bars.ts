/** Goodness of each label as lengths of bars. */
import type { Reading } from '../engine/protocol';

export interface Segment {
  /** From 0, the first. */
  layer: number;
  goodness: number;
  /** Shares of the track. */
  start: number;
  length: number;
}

export interface Row {
  label: number;
  /** Goodness of the counted layers, added up. */
  total: number;
  segments: Segment[];
}

const tidy = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The next round number, so that the scale seldom moves while one draws. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (tidy.find((times) => times * power >= value * (1 - 1e-9)) ?? 10);
}

/**
 * A row a label, its counted layers one after another. Negative goodness goes to the left of zero.
 * `zero` is its place on the track.
 */
export function barsOf({ goodness, layers, counted }: Reading): { rows: Row[]; zero: number } {
  const shown = Array.from({ length: layers }, (_, layer) => layer).filter((layer) => counted[layer]);
  const of = (label: number, layer: number): number => goodness[label * layers + layer]!;
  const labels = Array.from({ length: goodness.length / layers }, (_, label) => label);
  const reach = (label: number, sign: 1 | -1): number =>
    shown.reduce((sum, layer) => sum + Math.max(0, sign * of(label, layer)), 0);
  const highest = Math.max(...labels.map((label) => reach(label, 1)));
  const lowest = Math.max(...labels.map((label) => reach(label, -1)));
  const right = highest > 0 || lowest === 0 ? roundUp(highest) : 0;
  const left = lowest > 0 ? roundUp(lowest) : 0;
  const zero = left / (left + right);

  const rows = labels.map((label) => {
    let [up, down] = [zero, zero];
    let total = 0;
    const segments = shown.map((layer) => {
      const value = of(label, layer);
      const length = Math.abs(value) / (left + right);
      const start = value < 0 ? down - length : up;
      if (value < 0) down -= length;
      else up += length;
      total += value;
      return { layer, goodness: value, start, length };
    });
    return { label, total, segments };
  });
  return { rows, zero };
}

/** Three digits or so, which tell neighbours apart: 1.27, 9.1, 1,240. */
export function goodnessText(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(size < 10 ? 2 : 1);
}
