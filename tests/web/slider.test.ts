import { expect, test } from 'vitest';
import { placeOf, valueAt, type NumberDomain } from '../../web/src/settings/slider';

const domain = (given: Partial<NumberDomain>): NumberDomain => ({
  kind: 'number',
  integer: false,
  logarithmic: false,
  slider: true,
  minimum: 0,
  maximum: 1,
  ...given,
});
const rate = domain({ logarithmic: true, minimum: 1e-7, maximum: 10 });

test('the ends of a slider are the ends of its range', () => {
  for (const one of [domain({ minimum: 3, maximum: 77 }), rate]) {
    expect(valueAt(one, 0)).toBe(one.minimum);
    expect(valueAt(one, 1)).toBe(one.maximum);
    expect(placeOf(one, one.minimum)).toBe(0);
    expect(placeOf(one, one.maximum)).toBe(1);
  }
});

test('a logarithmic slider gives each ratio the same length', () => {
  expect(placeOf(rate, 0.01) - placeOf(rate, 0.001)).toBeCloseTo(1 / 8);
  expect(valueAt(rate, placeOf(rate, 0.001))).toBe(0.001);
});

test('a slider stops at numbers that a person would type', () => {
  expect(valueAt(domain({}), 0.3333)).toBe(0.335);
  expect(valueAt(rate, 0.512)).toBe(0.0012);
  expect(valueAt(domain({ integer: true, minimum: 0, maximum: 6 }), 0.3)).toBe(2);
});

test('a value beyond the range sits at its end', () => {
  expect(placeOf(domain({}), 5)).toBe(1);
  expect(placeOf(rate, 0)).toBe(0);
});
