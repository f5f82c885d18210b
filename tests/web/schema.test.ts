import { describe, expect, test } from 'vitest';
import type { Config } from '../../web/src/generated/config';
import schema from '../../web/src/generated/schema.json';
import {
  applies,
  controlsOf,
  defaults,
  expectation,
  format,
  narrowed,
  parse,
  type Control,
  type Property,
} from '../../web/src/settings/schema';

const controls = controlsOf(schema as unknown as { properties: Record<string, Property> });
const control = (name: string): Control => controls.find((one) => one.name === name)!;

describe('the controls made from the engine’s schema', () => {
  test('are one for every field', () => {
    expect(controls.map(({ name }) => name)).toEqual(Object.keys(schema.properties));
  });

  test('take their own defaults, and give them back from text', () => {
    const config = defaults(controls);
    for (const one of controls) {
      expect(parse(one, format(config[one.name])), one.name).toEqual(config[one.name]);
    }
  });

  test('put wide ranges on logarithmic sliders, and too many whole numbers on none', () => {
    expect(control('learning_rate').domain).toMatchObject({ logarithmic: true, slider: true });
    expect(control('epochs').domain).toMatchObject({ logarithmic: true, slider: true });
    expect(control('momentum').domain).toMatchObject({ logarithmic: false, slider: true });
    expect(control('seed').domain).toMatchObject({ slider: false });
  });

  test('apply only where another field says so', () => {
    const config = defaults(controls);
    const shown = (name: string, settings: Partial<Config>): boolean =>
      applies(control(name), { ...config, ...settings }, controls);
    expect(shown('threshold', { objective: 'logistic' })).toBe(true);
    expect(shown('threshold', { objective: 'swish' })).toBe(false);
    expect(shown('threshold', { objective: 'logistic', rule: 'naive' })).toBe(false);
    expect(shown('softmax_shift', { softmax_rate: 0 })).toBe(false);
    expect(shown('softmax_shift', { softmax_rate: 0.01 })).toBe(true);
    expect(shown('batch', {})).toBe(true);
  });
});

test('a control can be narrowed to some of its choices', () => {
  const dataset = narrowed(control('dataset'), ['mnist', 'fashion-mnist', 'other']);
  expect(parse(dataset, 'fashion-mnist')).toBe('fashion-mnist');
  expect(() => parse(dataset, 'cifar-10')).toThrow(
    'Data set should be one of mnist, fashion-mnist, not “cifar-10”.',
  );
  expect(narrowed(control('batch'), [])).toEqual(control('batch'));
});

describe('a value from text', () => {
  test('is read with or without spaces', () => {
    expect(parse(control('layers'), '500,300')).toEqual([500, 300]);
    expect(parse(control('layers'), ' 500, 300 20 ')).toEqual([500, 300, 20]);
    expect(parse(control('learning_rate'), '1e-3')).toBe(0.001);
  });

  test.each([
    ['learning_rate', 'abc'],
    ['learning_rate', ''],
    ['learning_rate', '-1'],
    ['learning_rate', 'Infinity'],
    ['learning_rate', 'NaN'],
    ['batch', '1.5'],
    ['batch', '0'],
    ['batch', '1e9'],
    ['layers', ''],
    ['layers', '500,none'],
    ['layers', '-5'],
    ['layers', Array(100).fill('5').join(',')],
    ['objective', 'magic'],
    ['objective', ''],
    ['seed', '9007199254740993000'],
  ])('for %s refuses “%s” in one sentence that names the field and what it takes', (name, text) => {
    const { title } = control(name);
    const escaped = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    expect(() => parse(control(name), text)).toThrow(
      new RegExp(`^${escaped} should be .*not “.*”\\.$`),
    );
  });

  test('shows no more than the beginning of a very long one', () => {
    expect(() => parse(control('batch'), 'x'.repeat(5000))).toThrow(/not “x{40}…”\.$/);
  });

  test('is expected in words', () => {
    expect(expectation(control('batch'))).toBe('a whole number from 1 to 10,000');
    expect(expectation(control('optimiser'))).toBe('one of adam, sgd');
  });
});
