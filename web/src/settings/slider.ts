/** A slider's place, 0 to 1, and the value that it stands for. */
import type { Domain } from './schema';

export type NumberDomain = Extract<Domain, { kind: 'number' }>;

export function placeOf({ minimum, maximum, logarithmic }: NumberDomain, value: number): number {
  const place = logarithmic
    ? Math.log(value / minimum) / Math.log(maximum / minimum)
    : (value - minimum) / (maximum - minimum);
  return Math.min(1, Math.max(0, place));
}

/** Rounds to what a person would have typed: two digits on a log scale, a round step on a linear. */
export function valueAt(domain: NumberDomain, place: number): number {
  const { minimum, maximum, logarithmic, integer } = domain;
  const exact = logarithmic
    ? minimum * (maximum / minimum) ** place
    : minimum + (maximum - minimum) * place;
  const rounded = logarithmic
    ? Number(exact.toPrecision(2))
    : toStep(exact, roundStep((maximum - minimum) / 200));
  const value = integer ? Math.round(rounded) : rounded;
  return Math.min(maximum, Math.max(minimum, value));
}

/** The nearest of 1, 2 and 5 times a power of ten that is not below. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const times = [1, 2, 5, 10].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10;
  return times * power;
}

const toStep = (value: number, step: number): number =>
  Number((Math.round(value / step) * step).toPrecision(12));
