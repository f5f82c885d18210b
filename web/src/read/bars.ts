/**
 * Goodness of each label as lengths of bars. What decides is how much better one label is than
 * another, so what every label has in common is cut short.
 */
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

export interface Bars {
  rows: Row[];
  /** Share of the track that stands for what all labels have in common. */
  common: number;
}

const commonLength = 0.08;
/** Labels that differ by less than this share of their goodness do not fill the track. */
const leastSpan = 0.15;

const tidy = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The next round number, so that the scale seldom moves while one draws. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (tidy.find((times) => times * power >= value * (1 - 1e-9)) ?? 10);
}

/** A row a label: what each counted layer gives it above the label it gives least. */
export function barsOf({ classes, scores, counted }: Reading): Bars {
  const goodness = scores.filter(({ name }) => name === 'layer');
  const shown = Array.from(counted.keys()).filter((layer) => counted[layer]);
  const of = (label: number, layer: number): number => goodness[layer]!.values[label]!;
  const labels = Array.from(classes.keys());
  const least = new Map(
    shown.map((layer) => [layer, Math.min(...labels.map((label) => of(label, layer)))]),
  );
  const sumOver = (value: (layer: number) => number): number =>
    shown.reduce((sum, layer) => sum + value(layer), 0);

  const totals = labels.map((label) => sumOver((layer) => of(label, layer)));
  const shared = sumOver((layer) => least.get(layer)!);
  const highest = Math.max(...totals.map(Math.abs));
  const span = roundUp(Math.max(Math.max(...totals) - shared, leastSpan * highest));
  const common = shared === 0 ? 0 : commonLength;

  const rows = labels.map((label) => {
    let start = common;
    const segments = shown.map((layer) => {
      const value = of(label, layer);
      const length = ((value - least.get(layer)!) / span) * (1 - common);
      const segment = { layer, goodness: value, start, length };
      start += length;
      return segment;
    });
    return { label, total: totals[label]!, segments };
  });
  return { rows, common };
}

/** Three digits or so, which tell neighbours apart: 1.27, 12.3, 1,240. */
export function goodnessText(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(size < 10 ? 2 : 1);
}
