import { describe, expect, test } from 'vitest';
import type { Lab } from '../../web/src/engine/lab';
import { hybridsShown } from '../../web/src/engine/protocol';
import { readPicture } from '../../web/src/engine/read-picture';
import type { Config } from '../../web/src/generated/config';
import presets from '../../web/src/generated/presets.json';
import {
  config,
  data,
  engine,
  lab,
  makeLab,
  ofType,
  plan,
  report,
  settled,
  state,
  tested,
  until,
} from './lab-bench';

const tallied = () => ofType('tested').at(-1)!.result.tallies.map(({ name }) => name);
const firstDigit = data.test!.images.subarray(16, 16 + 784);
const doubt = () => lab.net.classify(firstDigit).doubt;
const calibrated = () => until(() => expect(doubt()).not.toBeNull());

describe('a run', () => {
  test('of convolutions shows each field that all places share once, as large as the image', async () => {
    const layers = ['conv 2x2x5 stride 9 mean 2', 10];
    await lab.step(plan({ ...config, rule: 'class_goodness', layers }));
    const { weights } = ofType('receptiveFields').at(-1)!;
    expect(weights.length).toBe(5 * 784);
    const field = weights.subarray(784, 2 * 784);
    expect(new Set(field).size).toBe(4);
    expect(field[0]).toBe(field[13 * 28 + 13]);
    expect(field[0]).not.toBe(field[14]);
    expect(lab.net.pairs()).toBe('classes');
  });

  test('goes to its end and is then tested on every test image', async () => {
    await lab.train(plan(config));
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

  test('tells how far its answers are to be trusted once all test images were read', async () => {
    await lab.train(plan(config));
    expect(doubt()).toBeNull();
    await calibrated();
    expect(doubt()!.lead).toBeGreaterThan(0);
    const net = new engine.Session();
    net.load(lab.save());
    expect(net.classify(firstDigit).doubt).toEqual(doubt());
    net.delete();
    lab.reset(plan(config));
    expect(doubt()).toBeNull();
  });

  test.each([
    ['fast', 1e-3, 5],
    ['slow', 1e5, 1],
  ])('is tested quickly on as many images as a %s machine bears', async (_, slowness, images) => {
    const lab = makeLab(() => performance.now() * slowness);
    for (const tests of [1, 2]) {
      await lab.step(plan(config));
      await until(() => expect(ofType('tested')).toHaveLength(tests));
    }
    expect(ofType('tested').map(({ result }) => result.tested)).toEqual([1, images]);
  });

  test('learns', async () => {
    const able = { layers: [60, 40], objective: 'swish' as const, learning_rate: 0.003 };
    await lab.train(plan({ ...config, ...able, epochs: 30 }));
    await settled('finished');
    await until(() => expect(ofType('tested').at(-1)?.result.full).toBe(true));
    expect(ofType('tested').at(-1)!.result.errors).toBeLessThan(5);
  });

  test('can be paused and goes on where it was', async () => {
    await lab.train(plan({ ...config, epochs: 100_000 }));
    lab.pause();
    expect(state()).toBe('paused');
    const { step } = report();
    await tested();
    expect(report().step).toBe(step);
    await lab.train(plan(config));
    await until(() => expect(report().step).toBeGreaterThan(step));
    expect(report().epochs).toBe(100_000);
    lab.pause();
  });

  test('that is finished gives way to a fresh net', async () => {
    await lab.train(plan(config));
    await settled('finished');
    await lab.train(plan({ ...config, epochs: 100_000 }));
    expect(state()).toBe('running');
    expect(report().epochs).toBe(100_000);
    lab.reset(plan(config));
  });

  test('gives the same net twice', async () => {
    await lab.train(plan(config));
    await calibrated();
    const first = lab.save();
    await lab.train(plan(config));
    await calibrated();
    expect(Buffer.compare(lab.save(), first)).toBe(0);
  });

  test('can change its learning rate, but no other net', async () => {
    await lab.step(plan(config));
    lab.adjust({ learning_rate: 0.02 });
    await lab.step(plan(config));
    expect(report().learningRate).toBeCloseTo(0.02);
    expect(() => lab.adjust({ layers: [7] })).toThrow(/layers/i);
  });
});

describe('what a net tells apart', () => {
  const begun = () => ofType('begun').at(-1)!.run;

  test('is pairs with labels: it has goodness, its entropy, and no hybrids', async () => {
    await lab.step(plan(config));
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
    await lab.step(plan({ ...config, negatives: 'hybrid' }));
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
    await lab.step(plan({ ...config, rule: 'backprop_label' }));
    expect(begun().pairs).toBe('none');
    for (const { positive, positiveEntropy } of report().layers) {
      expect(positive.every((filled) => filled === 0)).toBe(true);
      expect(positiveEntropy).toBeNull();
    }
    const { pixels } = lab.net.image('test', 0);
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
  await lab.step(plan({ ...config, ...(preset.config as Partial<Config>), ...few }));
  expect(report().step).toBe(1);
  const { pixels } = lab.net.image('test', 0);
  const reading = readPicture('lab', lab.net, { kind: 'digit', pixels })!;
  const scores = reading.scores.flatMap(({ values }) => Array.from(values));
  expect(scores.length).toBeGreaterThanOrEqual(10);
  expect(scores.every(Number.isFinite)).toBe(true);
  await tested();
});

test('a net at rest says what it takes for what', async () => {
  await lab.train(plan(config));
  await settled('finished');
  await until(() => expect(ofType('misread').length).toBeGreaterThan(0));
  const { misread } = ofType('misread')[0]!;
  expect(misread.read).toBe(50);
  expect(misread.counts.reduce((sum, count) => sum + count)).toBe(50);
  for (const { label, read } of misread.digits) expect(read).not.toBe(label);
});

test('a step is exactly one minibatch', async () => {
  await lab.step(plan(config));
  expect(report()).toMatchObject({ step: 1, images: 20 });
  await lab.step(plan(config));
  expect(report()).toMatchObject({ step: 2, images: 40 });
  expect(state()).toBe('paused');
});

test('settings reach a net only before it has begun', async () => {
  lab.configure(plan({ ...config, layers: [7] }));
  expect(ofType('begun').at(-1)!.run.config.layers).toEqual([7]);
  await lab.step(plan({ ...config, layers: [7] }));
  lab.configure(plan({ ...config, layers: [9] }));
  expect(ofType('begun').at(-1)!.run.config.layers).toEqual([7]);
  lab.reset(plan({ ...config, layers: [9] }));
  expect(ofType('begun').at(-1)!.run.config.layers).toEqual([9]);
  expect(state()).toBe('fresh');
});

test('a run whose layer has died stops, and says why', async () => {
  await lab.train(plan({ ...config, layers: [20], learning_rate: 10, epochs: 100_000 }));
  await until(() => expect(ofType('broken')).toHaveLength(1));
  expect(ofType('broken')[0]!.message).toMatch(/^(Layer 1 is silent for every image|.*finite)/);
  expect(state()).toBe('paused');
});

/** The tensors of the file that a lab saves, without what is said of them. */
function weightsOf(of: Lab): Buffer {
  const file = Buffer.from(of.save());
  return file.subarray(8 + Number(file.readBigUInt64LE(0)));
}

test('two labs learn side by side what each would learn alone', async () => {
  const finished = (of: Lab) => until(() => expect(of.net.report().step).toBe(30));
  const alone = makeLab();
  await alone.train(plan(config));
  await finished(alone);
  const [first, second] = [makeLab(), makeLab()];
  second.share(first);
  await Promise.all([first.train(plan(config)), second.train(plan(config))]);
  await Promise.all([first, second].map(finished));
  for (const lab of [first, second]) expect(weightsOf(lab).equals(weightsOf(alone))).toBe(true);
});
