import { describe, expect, test } from 'vitest';
import { differencesOf, fairTo } from '../../web/src/compare/differences';
import { commandOf, csvOf } from '../../web/src/compare/export';
import type { Config } from '../../web/src/generated/config';
import { completed, controls, presets } from '../../web/src/settings/settings';
import { defaults } from '../../web/src/settings/schema';
import type { RunSummary } from '../../web/src/train/run';

const result = (images: number, split: 'validation' | 'test') => ({
  split,
  images,
  full: true,
  tested: 10_000,
  errors: 300,
  tallies: [],
  elapsed: 12.5,
});

function run(preset: string, changes: Partial<Config> = {}, images = 50_000): RunSummary {
  const { config } = presets.find(({ name }) => name === preset)!;
  const whole = { ...defaults(controls), ...config, validation_images: 10_000, epochs: 1 };
  return {
    id: preset,
    name: `Run of ${preset}`,
    preset,
    config: { ...whole, ...changes },
    results: [result(images, 'validation')],
  };
}

describe('a pair', () => {
  test('that differs in one thing is fair', () => {
    const { subjects, unfair } = differencesOf(run('alone'), run('collaboration'), controls);
    expect(subjects.map(({ name }) => name)).toEqual(['collaboration']);
    expect(unfair).toEqual([]);
  });

  test('of the same settings differs in nothing', () => {
    expect(differencesOf(run('alone'), run('alone'), controls)).toEqual({
      subjects: [],
      unfair: [],
    });
  });

  test.each<[string, Partial<Config>, RegExp]>([
    ['other data', { dataset: 'fashion-mnist' }, /^data set is .* in A, fashion-mnist in B$/],
    ['fewer images', { train_images: 1000 }, /^training images are 0 in A, 1000 in B$/],
    ['none held out', { validation_images: 0 }, /^validation images are/],
    ['more epochs', { epochs: 7 }, /^epochs are 1 in A, 7 in B$/],
    ['another seed', { seed: 2 }, /^seed is 1 in A, 2 in B$/],
    ['shifted images', { shift: 1 }, /^shifts are/],
    ['larger minibatches', { batch: 50 }, /^batch is/],
    ['two things', { layers: [9], activation: 'leaky_relu' }, /differ in layers and activation, all at/],
  ])('with %s for one of them is marked', (_, changes, why) => {
    const { unfair } = differencesOf(run('alone'), run('alone', changes), controls);
    expect(unfair.some((clause) => why.test(clause))).toBe(true);
  });

  test('of which one has come further, or is judged otherwise, is marked', () => {
    const far = run('collaboration', {}, 60_000);
    expect(differencesOf(run('alone'), far, controls).unfair).toEqual([
      'A has seen 50,000 images so far, B 60,000',
    ]);
    expect(differencesOf(run('alone'), far, controls, true).unfair).toEqual([]);
    const judged = { ...run('collaboration'), results: [result(50_000, 'test')] };
    expect(differencesOf(run('alone'), judged, controls).unfair).toEqual([
      'A is judged by validation images, B by test images',
    ]);
  });

  test.each(presets.map(({ name }) => name))('of Supervised and %s can be made fair', (name) => {
    const [a, b] = [run('supervised'), run(name)];
    const [subject] = differencesOf(a, b, controls).subjects;
    const config = subject ? fairTo(a.config, b.config, subject, controls) : b.config;
    const fair = { ...b, config: subject ? config : a.config };
    const { subjects, unfair } = differencesOf(a, fair, controls);
    expect(subjects.length).toBeLessThanOrEqual(1);
    expect(unfair).toEqual([]);
  });
});

test('a table has a row a test, whatever a name holds', () => {
  const odd = { ...run('alone'), name: 'Layers, "alone"' };
  expect(csvOf([odd, run('collaboration')])).toBe(
    'run,images,seconds,judged_on,tested,errors\n' +
      '"Layers, ""alone""",50000,12.50,validation,10000,300\n' +
      '"Run of collaboration",50000,12.50,validation,10000,300\n',
  );
});

test('a command names the preset and what differs from it', () => {
  const changes = { layers: ['local 10x10x8 stride 6', 50], seed: 3 };
  expect(commandOf(run('alone', changes), controls)).toBe(
    "npm run ff -- train --preset alone --layers 'local 10x10x8 stride 6,50' --epochs 1 --seed 3",
  );
});

test('a run told by a version that lacked a setting differs in nothing by that', () => {
  const now = run('alone');
  const { normalisation, flips, ...older } = now.config;
  expect([normalisation, flips]).toEqual(['length', 0]);
  const before = completed({ ...now, config: older as Config });
  expect(differencesOf(before, now, controls)).toEqual({ subjects: [], unfair: [] });
  expect(commandOf(before, controls)).toBe(commandOf(now, controls));
});
