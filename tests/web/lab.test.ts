import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import createEngine from '@engine/ff-simd.js';
import type { Engine } from '../../web/src/engine/builds';
import type { DataSplit } from '../../web/src/engine/data';
import { Lab, Superseded } from '../../web/src/engine/lab';
import { hybridsShown, type Event } from '../../web/src/engine/protocol';
import { readPicture } from '../../web/src/engine/read-picture';
import type { Config } from '../../web/src/generated/config';
import presets from '../../web/src/generated/presets.json';
import { sampleSplit } from './sample-data';

const data: Record<string, DataSplit> = { train: sampleSplit(200), test: sampleSplit(50) };

let engine: Engine;
let config: Config;
let events: Event[];
/** What the next fetch gives; the sample by default. */
let fetchSplit: (dataset: string, split: 'train' | 'test') => Promise<DataSplit>;
let lab: Lab;

beforeAll(async () => {
  engine = await createEngine();
});

beforeEach(() => {
  const session = new engine.Session();
  const small = { layers: [20, 10], batch: 20, epochs: 3, objective: 'logistic', seed: 5 };
  session.configure(JSON.stringify(small));
  config = JSON.parse(session.config()) as Config;
  session.delete();
  events = [];
  fetchSplit = (_, split) => Promise.resolve(data[split]!);
  lab = makeLab();
});

/** Its events go where this test looks for them, however long it works on. */
function makeLab(now = () => performance.now()): Lab {
  const mine = events;
  return new Lab(engine, {
    fetchSplit: (dataset, split) => fetchSplit(dataset, split),
    post: (event) => mine.push(event),
    turn: () => new Promise((resolve) => setImmediate(resolve)),
    now,
  });
}

/** However busy the machine is. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000 });
const ofType = <Type extends Event['type']>(type: Type) =>
  events.filter((event): event is Extract<Event, { type: Type }> => event.type === type);
const state = () => ofType('progress').at(-1)!.progress.state;
const tallied = () => ofType('tested').at(-1)!.result.tallies.map(({ name }) => name);
const report = () => ofType('progress').at(-1)!.progress.report!;
const settled = (wanted: string) => until(() => expect(state()).toBe(wanted));
const tested = () => until(() => expect(ofType('tested').length).toBeGreaterThan(0));

describe('a run', () => {
  test('goes to its end and is then tested on every test image', async () => {
    await lab.train(config);
    await settled('finished');
    expect(report()).toMatchObject({ step: 30, steps: 30, images: 600 });
    await until(() =>
      expect(ofType('tested').at(-1)?.result).toMatchObject({
        full: true,
        tested: 50,
        images: 600,
      }),
    );
    expect(tallied()).toEqual(['goodness', 'layer', 'layer', 'upto', 'upto', 'softmax']);
  });

  test.each([
    ['fast', 1, 5],
    ['slow', 1e5, 1],
  ])('is tested quickly on as many images as a %s machine bears', async (_, slowness, images) => {
    lab = makeLab(() => performance.now() * slowness);
    for (const tests of [1, 2]) {
      await lab.step(config);
      await until(() => expect(ofType('tested')).toHaveLength(tests));
    }
    expect(ofType('tested').map(({ result }) => result.tested)).toEqual([1, images]);
  });

  test('learns', async () => {
    const able = { layers: [60, 40], objective: 'swish' as const, learning_rate: 0.003 };
    await lab.train({ ...config, ...able, epochs: 30 });
    await settled('finished');
    await until(() => expect(ofType('tested').at(-1)?.result.full).toBe(true));
    expect(ofType('tested').at(-1)!.result.errors).toBeLessThan(5);
  });

  test('can be paused and goes on where it was', async () => {
    await lab.train({ ...config, epochs: 100_000 });
    lab.pause();
    expect(state()).toBe('paused');
    const { step } = report();
    await tested();
    expect(report().step).toBe(step);
    await lab.train(config);
    await until(() => expect(report().step).toBeGreaterThan(step));
    expect(report().epochs).toBe(100_000);
    lab.pause();
  });

  test('that is finished gives way to a fresh net', async () => {
    await lab.train(config);
    await settled('finished');
    await lab.train({ ...config, epochs: 100_000 });
    expect(state()).toBe('running');
    expect(report().epochs).toBe(100_000);
    lab.reset(config);
  });

  test('gives the same net twice', async () => {
    await lab.train(config);
    await settled('finished');
    const first = lab.save();
    await lab.train(config);
    await settled('finished');
    expect(Buffer.compare(lab.save(), first)).toBe(0);
  });

  test('can change its learning rate, but no other net', async () => {
    await lab.step(config);
    lab.adjust({ learning_rate: 0.02 });
    await lab.step(config);
    expect(report().learningRate).toBeCloseTo(0.02);
    expect(() => lab.adjust({ layers: [7] })).toThrow(/layers/i);
  });
});

describe('what a net tells apart', () => {
  const begun = () => ofType('begun').at(-1)!;

  test('is pairs with labels: it has goodness, its entropy, and no hybrids', async () => {
    await lab.step(config);
    expect(begun().pairs).toBe('labels');
    for (const { positive, positiveEntropy, negativeEntropy } of report().layers) {
      expect(positive.some((filled) => filled > 0)).toBe(true);
      expect(positiveEntropy).toBeGreaterThanOrEqual(0);
      expect(negativeEntropy).toBeGreaterThanOrEqual(0);
    }
    await tested();
    expect(tallied()).toContain('goodness');
    expect(ofType('hybrids')).toEqual([]);
  });

  test('is images and hybrids, of which some are shown', async () => {
    await lab.step({ ...config, negatives: 'hybrid' });
    expect(begun().pairs).toBe('hybrids');
    const { images, masks, hybrids } = ofType('hybrids').at(-1)!.hybrids;
    expect([images, masks, hybrids].map(({ length }) => length)).toEqual(
      Array(3).fill(hybridsShown * 784),
    );
    masks.forEach((mask, place) => {
      if (mask === 1) expect(hybrids[place]).toBe(images[place]);
      else expect(mask).toBe(0);
    });
    await tested();
    expect(tallied()).toEqual(['softmax']);
  });

  test('is nothing with backprop, whose softmax answers and sees no label', async () => {
    await lab.step({ ...config, rule: 'backprop_label' });
    expect(begun().pairs).toBe('none');
    for (const { positive, positiveEntropy } of report().layers) {
      expect(positive.every((filled) => filled === 0)).toBe(true);
      expect(positiveEntropy).toBeNull();
    }
    const { pixels } = lab.net.testImage(0);
    const reading = readPicture('lab', lab.net, { kind: 'digit', pixels })!;
    const [softmax, ...others] = reading.scores;
    expect(reading.counted).toEqual([]);
    expect(others).toEqual([]);
    expect(softmax!.values.indexOf(Math.max(...softmax!.values))).toBe(reading.label);
    expect(reading.inputs.slice(0, 784)).toEqual(reading.inputs.slice(-784));
  });
});

test.each(presets)('the preset “$title” learns, and reads', async (preset) => {
  const few = { validation_images: 0, batch: 20 };
  await lab.step({ ...config, ...(preset.config as Partial<Config>), ...few });
  expect(report().step).toBe(1);
  const { pixels } = lab.net.testImage(0);
  const reading = readPicture('lab', lab.net, { kind: 'digit', pixels })!;
  const scores = reading.scores.flatMap(({ values }) => Array.from(values));
  expect(scores.length).toBeGreaterThanOrEqual(10);
  expect(scores.every(Number.isFinite)).toBe(true);
  await tested();
});

test('a net at rest says what it takes for what', async () => {
  await lab.train(config);
  await settled('finished');
  await until(() => expect(ofType('misread')).toHaveLength(1));
  const { misread } = ofType('misread')[0]!;
  expect(misread.read).toBe(50);
  expect(misread.counts.reduce((sum, count) => sum + count)).toBe(50);
  for (const { label, read } of misread.digits) expect(read).not.toBe(label);
});

test('a step is exactly one minibatch', async () => {
  await lab.step(config);
  expect(report()).toMatchObject({ step: 1, images: 20 });
  await lab.step(config);
  expect(report()).toMatchObject({ step: 2, images: 40 });
  expect(state()).toBe('paused');
});

test('settings reach a net only before it has begun', async () => {
  lab.configure({ ...config, layers: [7] });
  expect(ofType('begun').at(-1)!.config.layers).toEqual([7]);
  await lab.step({ ...config, layers: [7] });
  lab.configure({ ...config, layers: [9] });
  expect(ofType('begun').at(-1)!.config.layers).toEqual([7]);
  lab.reset({ ...config, layers: [9] });
  expect(ofType('begun').at(-1)!.config.layers).toEqual([9]);
  expect(state()).toBe('fresh');
});

describe('a run under way is untouched by', () => {
  beforeEach(async () => {
    await lab.train({ ...config, epochs: 100_000 });
    await until(() => expect(report().step).toBeGreaterThan(0));
  });

  const goesOn = async (): Promise<void> => {
    const { step } = report();
    await until(() => expect(report().step).toBeGreaterThan(step));
    expect(state()).toBe('running');
    lab.reset(config);
  };

  test('settings that contradict each other', async () => {
    expect(() => lab.reset({ ...config, first_counted_layer: 9 })).toThrow(/first.counted.layer/i);
    await goesOn();
  });

  test('a model file that is none, is broken off, or keeps no training state', async () => {
    const post = (): void => undefined;
    const fresh = new Lab(engine, {
      fetchSplit,
      post,
      turn: () => Promise.resolve(),
      now: () => 0,
    });
    const file = fresh.save();
    for (const bad of [
      new Uint8Array(),
      new Uint8Array(99),
      file.slice(0, file.length / 2),
      file,
    ]) {
      await expect(lab.adopt(bad, config)).rejects.toThrow(/\S+ \S+.*\.$/);
    }
    await goesOn();
  });

  test('data of another set that cannot be had', async () => {
    fetchSplit = () => Promise.reject(new Error('train-images could not be fetched.'));
    const other = { ...config, dataset: 'fashion-mnist' as const };
    await expect(lab.adopt(lab.save(), other)).rejects.toThrow('could not be fetched');
    await goesOn();
  });
});

describe('bad data are refused in a sentence, and the next good ones are taken:', () => {
  test.each([
    ['broken off', (file: Uint8Array) => file.slice(0, file.length / 2)],
    ['empty', () => new Uint8Array()],
    ['of another kind', () => new TextEncoder().encode('<!doctype html>')],
  ])('%s', async (_, spoil) => {
    fetchSplit = (_dataset, split) =>
      Promise.resolve({ ...data[split]!, images: spoil(data[split]!.images) });
    await expect(lab.train(config)).rejects.toThrow(/train images.*\.$/);
    expect(state()).toBe('fresh');
    fetchSplit = (_dataset, split) => Promise.resolve(data[split]!);
    await lab.train(config);
    await settled('finished');
  });
});

test('of two presses of Train while data are fetched, the second begins a run', async () => {
  const both = [lab.train(config), lab.train(config)];
  const outcomes = await Promise.allSettled(both);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect((outcomes[0] as PromiseRejectedResult).reason).toBeInstanceOf(Superseded);
  await settled('finished');
  expect(ofType('begun')).toHaveLength(2); // that of the lab itself, and the run's
});

test('a saved run goes on elsewhere where it stood', async () => {
  await lab.step(config);
  await lab.step(config);
  const file = lab.save();
  events = [];
  const other = makeLab();
  await other.adopt(file, config);
  expect(state()).toBe('paused');
  expect(report().step).toBe(2);
  await other.train(config);
  await settled('finished');
  await lab.train(config);
  await until(() => expect(lab.net.report().step).toBe(30));
  expect(Buffer.compare(other.save(), lab.save())).toBe(0);
});

test('test digits come one after another, and around', async () => {
  const seen = new Set<number>();
  for (let turn = 0; turn < 50; ++turn) seen.add((await lab.testDigit(turn)).index);
  expect(seen.size).toBe(50);
  expect((await lab.testDigit(50)).index).toBe((await lab.testDigit(0)).index);
});
