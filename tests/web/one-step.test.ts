import { beforeAll, describe, expect, test } from 'vitest';
import createEngine from '@engine/ff-simd.js';
import type { Engine, Session } from '../../web/src/engine/builds';
import { freshStoryOf, storyOf, type Story } from '../../web/src/engine/one-step';
import type { Config } from '../../web/src/generated/config';
import presets from '../../web/src/generated/presets.json';
import { newestOnly } from '../../web/src/newest';
import { changeTexts, decimals, digitsOfChange, lagOf } from '../../web/src/step/figures';
import { whyNoStory, wordsOf } from '../../web/src/step/words';
import { sampleSplit } from './sample-data';

let engine: Engine;

beforeAll(async () => {
  engine = await createEngine();
});

const { images, labels } = sampleSplit(100);
/** Of label 3. */
const pixels = images.slice(16 + 3 * 784, 16 + 4 * 784);

/** A small net of those settings that has learnt a little. */
function trained(config: Partial<Config>): Session {
  const net = new engine.Session();
  const small = { layers: [40, 30], ...config, batch: 20, validation_images: 0 };
  net.configure(JSON.stringify(small));
  net.loadData('train', images, labels);
  for (let step = 0; step < 5; ++step) net.step();
  return net;
}

function storyWith(config: Partial<Config>, label: number | null = 3): Story {
  const net = trained(config);
  const story = storyOf('lab', net, { kind: 'digit', pixels }, label)!;
  net.delete();
  return story;
}

const words = (text: string): number => text.split(/\s+/).filter((word) => /\w/.test(word)).length;

describe('the story of one step', () => {
  test('has the wrong label that the net likes best', () => {
    const { reading, label, rival } = storyWith({});
    const { values } = reading.scores[0]!;
    expect(label).toBe(3);
    const others = Array.from(values.keys()).filter((other) => other !== 3);
    expect(values[rival]).toBe(Math.max(...others.map((other) => values[other]!)));
  });

  test('takes what the net reads where nobody has told the label, or one that there is not', () => {
    for (const label of [null, 10]) {
      const story = storyWith({}, label);
      expect(story.label).toBe(story.reading.label);
    }
  });

  test('of a fresh net keeps the guess of the one that reads', () => {
    const net = trained({});
    const asked = ['lab', net, { kind: 'digit', pixels }, null] as const;
    const read = storyOf(...asked)!;
    const fresh = freshStoryOf(engine, ...asked)!;
    net.delete();
    expect(fresh.label).toBe(read.guess);
    expect(fresh.guess).toBe(read.guess);
    expect(fresh.config).toEqual(read.config);
    expect(fresh.step!.layers[0]!.before).not.toEqual(read.step!.layers[0]!.before);
  });

  test('begins with what reading says', () => {
    const { reading, step, label, rival } = storyWith({});
    const layers = reading.scores.filter(({ name }) => name === 'layer');
    step!.layers.forEach(({ before }, layer) => {
      expect(before.positive).toBeCloseTo(layers[layer]!.values[label]!, 5);
      expect(before.negative).toBeCloseTo(layers[layer]!.values[rival]!, 5);
    });
  });

  test('has its loss from the numbers in its formula', () => {
    const swish = storyWith({ objective: 'swish' });
    const layer = swish.step!.layers[0]!;
    const lag = lagOf(layer, swish)!;
    expect(layer.before.loss).toBeCloseTo(lag / (1 + Math.exp(-lag)), 5);
    const together = storyWith({ objective: 'logistic', collaboration: 'all' });
    expect(lagOf(together.step!.layers[0]!, together)).toBeNull();
  });

  test.each(presets)('of the preset “$title” is told, or it is said why not', ({ config }) => {
    const story = storyWith({ ...(config as Partial<Config>), layers: [40, 30], first_counted_layer: 1 });
    const why = whyNoStory(story);
    expect(why === null).toBe(story.step !== null);
    if (why !== null) {
      expect(words(why)).toBeLessThanOrEqual(20);
      return;
    }
    for (const [known, done, boxed] of [[true, false, false], [false, true, true]] as const) {
      const frames = wordsOf({ story, known, done, boxed });
      expect(frames).toHaveLength(7);
      const counts = frames.map(({ title, text }) => words(`${title} ${text}`));
      // With up to four figures that is 25 a frame, and 175 in all.
      expect(Math.max(...counts)).toBeLessThanOrEqual(21);
      expect(counts.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(147);
      for (const { text } of frames) {
        for (const sentence of text.split(/[.:] /)) expect(words(sentence)).toBeLessThanOrEqual(20);
        expect(text).not.toMatch(/\w_\w|undefined|NaN/);
      }
    }
  });
});

test('figures have the digits that matter, and no more than seven', () => {
  expect([3.14159, -0.5, 1234567.8, 98765.4321].map((value) => decimals(value, 3))).toEqual([
    '3.142',
    '−0.500',
    '1,234,568',
    '98,765.43',
  ]);
});

test('a change is shown with as few digits as show it', () => {
  expect(digitsOfChange([[3.1, 3.2]])).toBe(2);
  expect(digitsOfChange([[3.1391, 3.1472], [2.9, 2.8]])).toBe(2);
  expect(digitsOfChange([[3.1391, 3.1411], [2.9, 2.8]])).toBe(3);
  expect(digitsOfChange([[1, 1]])).toBe(4);
  const before = { positive: 3.1391, negative: 2.9342, loss: 0 };
  const after = { positive: 3.1411, negative: 2.9, loss: 0 };
  expect(changeTexts({ units: 5, threshold: null, angle: 0, before, after })).toEqual({
    positive: '3.139 → 3.141',
    negative: '2.934 → 2.900',
  });
});

test('of work that is asked for meanwhile only the newest is done', async () => {
  const started: number[] = [];
  let finish: () => void = () => undefined;
  const ask = newestOnly(({ time }: { time: number }) => {
    started.push(time);
    return new Promise<void>((resolve) => (finish = resolve));
  });
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  for (let time = 0; time < 5; ++time) ask({ time });
  expect(started).toEqual([0]);
  finish();
  await turn();
  expect(started).toEqual([0, 4]);
  finish();
  await turn();
  expect(started).toEqual([0, 4]);
});
