/** Figures of the story as a person reads them. */
import type { LayerStep, Story } from '../engine/one-step';
import { figure, unit } from '../text';

/** One of a real and a false pair. */
export type Side = 'positive' | 'negative';

const mostDigits = 7;
const [fewest, most] = [2, 4];

/** With so many digits after the point, but no more than seven in all. */
export function decimals(value: number, digits: number): string {
  const before = Math.max(1, Math.floor(Math.log10(Math.abs(value) || 1)) + 1);
  const after = Math.max(0, Math.min(digits, mostDigits - before));
  const options = { minimumFractionDigits: after, maximumFractionDigits: after };
  return value.toLocaleString('en', options).replace('-', '−');
}

/** As few digits as show that each of some numbers changed, between two and four after the point. */
export function digitsOfChange(changes: [before: number, after: number][]): number {
  for (let digits = fewest; digits < most; ++digits) {
    const shows = changes.every(
      ([before, after]) => decimals(before, digits) !== decimals(after, digits),
    );
    if (shows) return digits;
  }
  return most;
}

/** What a layer says of both before the step, with the digits that tell them apart. */
export function beforeTexts({ before }: LayerStep): Record<Side, string> {
  const digits = digitsOfChange([[before.positive, before.negative]]);
  return {
    positive: decimals(before.positive, digits),
    negative: decimals(before.negative, digits),
  };
}

/** What a layer says of both, before and after: "3.139 → 3.144". */
export function changeTexts({ before, after }: LayerStep): Record<Side, string> {
  const digits = digitsOfChange([
    [before.positive, after.positive],
    [before.negative, after.negative],
  ]);
  const text = (side: Side): string =>
    `${decimals(before[side], digits)} → ${decimals(after[side], digits)}`;
  return { positive: text('positive'), negative: text('negative') };
}

/** What the step did to a layer's pair, in a few words. */
export function changeWords({ before, after }: LayerStep): string {
  const up = after.positive - before.positive;
  const down = before.negative - after.negative;
  if (up === 0 && down === 0) return 'Nothing moved: this layer is silent.';
  if (up > 0 && down > 0) return 'Real up, false down.';
  return up + down > 0
    ? 'The gap between them grew.'
    : 'Far enough apart: the loss lets go. A fresh net pulls.';
}

/** By how much the wrong label's goodness, of the layers that count, is less than the true one's. */
export const leadOf = ({ reading, label, rival }: Story): number =>
  reading.scores[0]!.values[label]! - reading.scores[0]!.values[rival]!;

export const leadText = (lead: number): string =>
  lead >= 0 ? `${decimals(lead, 2)} behind` : `${decimals(-lead, 2)} ahead`;

export const inkOf = ({ pixels }: Story): number => pixels.filter((ink) => ink > 0).length;

export const degrees = (angle: number): string => `${decimals(angle, 1)}°`;

/** How bright the label's pixel is. */
export const strengthText = ({ config }: Story): string => unit(figure(config.label_strength), '× white');

/** Whether each label is a pixel of the picture's top row. */
export const inTopRow = ({ config }: Story): boolean => config.label_code === 'first_pixels';

/** How many of the weights told of lead from each pixel, by its place; the rest lead from elsewhere. */
export function movesByPixel({ step, pixels }: Story): Map<number, number> {
  const found = new Map<number, number>();
  for (const { input } of step?.moves ?? [])
    if (input < pixels.length) found.set(input, (found.get(input) ?? 0) + 1);
  return found;
}

/** Mean of the squared numbers that layer 1 is given of the picture with that label. */
export function meanSquare({ reading, pixels }: Story, label: number): number {
  const input = reading.inputs.subarray(label * pixels.length, (label + 1) * pixels.length);
  return input.reduce((sum, value) => sum + value * value, 0) / pixels.length;
}

/** How far the positive lags behind, as the losses of pairs take it; null where more is added. */
export function lagOf(layer: LayerStep, { config }: Story): number | null {
  const alone =
    config.collaboration === 'none' && config.regions === 1 && config.goodness_of === 'layer';
  return alone ? config.sharpness * (layer.before.negative - layer.before.positive) : null;
}
