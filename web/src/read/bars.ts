/**
 * What a net makes of each label as lengths of bars. What decides is how much better one label is
 * than another, so goodness is shown above what the label has that a layer likes least.
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
  /** Goodness of the counted layers, added up; a probability where there is no goodness. */
  total: number;
  /** What of it the bar shows. */
  above: number;
  segments: Segment[];
}

/** By how much the answer is better than the label after it. */
export interface Lead {
  label: number;
  rival: number;
  goodness: number;
  /** Shares of the track: where the rival's bar ends, and the answer's. */
  start: number;
  end: number;
}

export interface Bars {
  rows: Row[];
  /** Null where there is no goodness, or one label only. */
  lead: Lead | null;
}

/** Labels that differ by less than this share of their goodness do not fill the track. */
const leastSpan = 0.15;

const tidy = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The next round number, so that the scale seldom moves while one draws. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (tidy.find((times) => times * power >= value * (1 - 1e-9)) ?? 10);
}

/** A row a label. */
export function barsOf(reading: Reading): Bars {
  return reading.counted.length > 0 ? goodnessBars(reading) : { rows: probabilities(reading), lead: null };
}

function probabilities({ scores }: Reading): Row[] {
  return Array.from(scores[0]!.values, (total, label) => ({
    label,
    total,
    above: total,
    segments: [{ layer: 0, goodness: total, start: 0, length: total }],
  }));
}

function goodnessBars({ classes, scores, counted }: Reading): Bars {
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

  const rows = labels.map((label) => {
    let start = 0;
    const segments = shown.map((layer) => {
      const value = of(label, layer);
      const length = (value - least.get(layer)!) / span;
      const segment = { layer, goodness: value, start, length };
      start += length;
      return segment;
    });
    const total = totals[label]!;
    return { label, total, above: total - shared, segments };
  });
  return { rows, lead: leadOf(rows) };
}

function leadOf(rows: Row[]): Lead | null {
  const [first, second] = [...rows].sort((a, b) => b.above - a.above);
  if (!first || !second) return null;
  return {
    label: first.label,
    rival: second.label,
    goodness: first.above - second.above,
    start: endOf(second),
    end: endOf(first),
  };
}

export const endOf = ({ segments }: Row): number =>
  segments.reduce((end, { length }) => end + length, 0);

/** Three digits or so, which tell neighbours apart: 1.27, 12.3, 1,240. */
export function goodnessText(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(size < 10 ? 2 : 1);
}
