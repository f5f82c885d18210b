import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import createEngine from '@engine/ff-simd.js';
import type { Engine, Session } from '../../web/src/engine/builds';
import type { InsideAnswers, InsideRequest } from '../../web/src/engine/inside-protocol';
import { Inspector } from '../../web/src/engine/inspector';
import { Lab, Superseded } from '../../web/src/engine/lab';
import type { Judge } from '../../web/src/engine/protocol';
import type { Config } from '../../web/src/generated/config';
import { sampleSplit } from './sample-data';

const testImages = 80;
const data = { train: sampleSplit(200), test: sampleSplit(testImages) };
/** Of the sample's test images these are looked at. */
const indexed = Array.from({ length: testImages / 4 }, (_, at) => at * 4);

let engine: Engine;
let config: Config;
let lab: Lab;
let inspector: Inspector | null;
let fetched: string[];
let turns: (() => void)[];

const plan = (of: Config) => ({ name: 'A run', preset: 'supervised', config: of });

beforeAll(async () => {
  engine = await createEngine();
});

beforeEach(async () => {
  fetched = [];
  turns = [];
  inspector = null;
  const fetchSplit = (dataset: string, split: 'train' | 'test') => {
    fetched.push(`${dataset} ${split}`);
    return Promise.resolve(data[split]);
  };
  const turn = (): Promise<void> => {
    turns.shift()?.();
    return new Promise((resolve) => setImmediate(resolve));
  };
  const world = { fetchSplit, turn, now: () => performance.now() };
  lab = new Lab(engine, { ...world, post: (event) => inspector?.hear(event), keep: () => undefined });
  const other = new engine.Session();
  other.load(lab.save());
  const netOf = (judge: Judge): Session => (judge === 'lab' ? lab.net : other);
  inspector = new Inspector({ engine, netOf, lab, ...world });
  config = {
    ...(JSON.parse(lab.net.config()) as Config),
    layers: [20, 10],
    learning_rate: 0.001,
    batch: 20,
    epochs: 100_000,
  };
  lab.reset(plan(config));
  for (let step = 0; step < 60; ++step) await lab.step(plan(config));
  fetched = [];
});

/** Through the same handlers as the Worker. */
const ask = <Type extends InsideRequest['type']>(
  request: Extract<InsideRequest, { type: Type }>,
): Promise<InsideAnswers[Type]> => {
  const handle = inspector!.handlers[request.type] as (request: InsideRequest) => unknown;
  return Promise.resolve(handle(request) as InsideAnswers[Type]);
};

const imageAt = (index: number) => lab.net.image('test', index);
const goodnessOf = (pixels: Uint8Array, layer: number): Float32Array =>
  lab.net.classify(pixels).scores.filter(({ name }) => name === 'layer')[layer]!.values;

describe('a view', () => {
  test('adds up to the goodness that the reading has', async () => {
    const { pixels } = imageAt(3);
    const picture = { kind: 'digit', pixels } as const;
    const view = (await ask({ type: 'viewLayers', judge: 'lab', picture, labels: [3, 8] }))!;
    expect(view.dataset).toBe('mnist');
    view.layers.forEach(({ adds, places, goodness }, layer) => {
      for (const [row, label] of [3, 8].entries()) {
        const sum = adds.subarray(row * places, (row + 1) * places).reduce((all, add) => all + add);
        expect(goodness[row]).toBeCloseTo(goodnessOf(pixels, layer)[label]!, 5);
        expect(sum).toBeCloseTo(goodness[row]!, 4);
      }
    });
    expect(view.layers.map(({ units }) => units)).toEqual([20, 10]);
  });

  test('of a blank drawing is none', async () => {
    const picture = { kind: 'drawing', ink: new Uint8Array(100), width: 10, height: 10 } as const;
    expect(await ask({ type: 'viewLayers', judge: 'lab', picture, labels: [3] })).toBeNull();
  });
});

test('the pixel map says which way the lead goes as ink is added', async () => {
  const { pixels } = imageAt(3);
  const lead = (image: Uint8Array): number => {
    const { values } = lab.net.classify(image).scores[0]!;
    return values[3]! - values[8]!;
  };
  const map = await ask({ type: 'pixelMap', judge: 'lab', pixels, label: 3, rival: 8 });
  // By ten levels of ink at the pixels that matter most.
  const strongest = Array.from(map.keys()).sort((a, b) => Math.abs(map[b]!) - Math.abs(map[a]!));
  for (const pixel of strongest.slice(0, 20)) {
    const more = pixels.slice();
    more[pixel] = Math.min(255, more[pixel]! + 10);
    const change = lead(more) - lead(pixels);
    if (more[pixel] !== pixels[pixel]) expect(Math.sign(change)).toBe(Math.sign(map[pixel]!));
  }
});

test('a climb raises the goodness of its layer', async () => {
  const bytes = (pixels: Float32Array) => Uint8Array.from(pixels, (value) => Math.round(value * 255));
  const from = Float32Array.from(imageAt(0).pixels, (value) => value / 255);
  const climbed = await ask({
    type: 'climb',
    judge: 'lab',
    pixels: from,
    label: 3,
    layer: 0,
    steps: 20,
  });
  expect(goodnessOf(bytes(climbed), 0)[3]).toBeGreaterThan(goodnessOf(bytes(from), 0)[3]! * 1.2);
  expect(Math.max(...climbed)).toBeLessThanOrEqual(1);
  expect(Math.min(...climbed)).toBeGreaterThanOrEqual(0);
});

describe('what lights a unit', () => {
  test('is what a look at every image shows', async () => {
    const { images, means, seen } = await ask({ type: 'unitImages', judge: 'lab', layer: 1, place: 2 });
    expect(seen).toBe(indexed.length);
    const activity = indexed.map((index) => {
      const { pixels, label } = imageAt(index);
      return { index, label, active: engine.viewLayers(lab.net, pixels, [label])[1]!.activity[2]! };
    });
    const brightest = activity.filter(({ active }) => active > 0).sort((a, b) => b.active - a.active);
    expect(images.map(({ index }) => index)).toEqual(brightest.slice(0, 9).map(({ index }) => index));
    expect(images[0]!.pixels).toEqual(imageAt(images[0]!.index).pixels);
    const ofFour = activity.filter(({ label }) => label === 4).map(({ active }) => active);
    expect(means[4]).toBeCloseTo(ofFour.reduce((sum, active) => sum + active) / ofFour.length, 4);
  });

  test('needs test images once, and none where the lab has them', async () => {
    await ask({ type: 'unitImages', judge: 'lab', layer: 0, place: 0 });
    await ask({ type: 'unitImages', judge: 'pretrained', layer: 0, place: 0 });
    await ask({ type: 'unitImages', judge: 'pretrained', layer: 0, place: 1 });
    expect(fetched).toEqual([]);
    lab.reset(plan({ ...config, dataset: 'fashion-mnist' }));
    await ask({ type: 'unitImages', judge: 'lab', layer: 0, place: 0 });
    await ask({ type: 'unitImages', judge: 'lab', layer: 0, place: 1 });
    expect(fetched).toEqual(['fashion-mnist test']);
  });

  test('is looked at anew when the net has learnt', async () => {
    const request = { type: 'unitImages', judge: 'lab', layer: 0, place: 0 } as const;
    const before = await ask(request);
    for (let step = 0; step < 20; ++step) await lab.step(plan(config));
    expect((await ask(request)).means).not.toEqual(before.means);
  });

  test('comes to nothing when the net gives way to another', async () => {
    turns = [() => lab.reset(plan({ ...config, layers: [7] }))];
    const request = { type: 'unitImages', judge: 'lab', layer: 0, place: 6 } as const;
    await expect(ask(request)).rejects.toThrow(Superseded);
    expect((await ask(request)).seen).toBe(indexed.length);
  });
});

describe('a broken net', () => {
  const none = { noise: 0, unitsOff: 0, blackBox: false };
  const errorsWith = async (damage: Partial<typeof none>) =>
    (await ask({ type: 'breakTest', judge: 'lab', damage: { ...none, ...damage } })).errors;

  test('reads as the net does where nothing is broken, and worse where much is', async () => {
    const whole = lab.net.evaluate('test', 0, testImages, 1).errors;
    expect(await errorsWith({})).toBe(whole);
    expect(whole).toBeLessThan(testImages * 0.3);
    for (const damage of [{ noise: 3 }, { unitsOff: 1 }]) {
      expect(await errorsWith(damage)).toBeGreaterThan(testImages * 0.5);
    }
    expect(lab.net.evaluate('test', 0, testImages, 1).errors).toBe(whole);
  });

  test('shows the digit with its noise, and reads that', async () => {
    const { pixels } = imageAt(3);
    const clean = await ask({ type: 'breakDigit', judge: 'lab', pixels, damage: none });
    expect(clean.pixels).toEqual(pixels);
    expect(clean.reading.label).toBe(lab.net.classify(pixels).label);
    const damage = { ...none, noise: 0.5 };
    const noisy = await ask({ type: 'breakDigit', judge: 'lab', pixels, damage });
    expect(noisy.pixels).not.toEqual(pixels);
    expect(noisy.reading.scores[0]!.values).toEqual(lab.net.classify(noisy.pixels).scores[0]!.values);
  });

  test('is given up for a newer one', async () => {
    const both = [errorsWith({ noise: 0.1 }), errorsWith({ noise: 0.2 })];
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});

test('a digit that is a test image has its own place on the map', async () => {
  const { pixels } = imageAt(20);
  const find = () => ask({ type: 'findOnMap', judge: 'lab', pixels, neighbours: 3 });
  expect(await find()).toBeNull();
  const { places, labels, stride } = await ask({ type: 'mapImages', judge: 'lab' });
  const image = 20 / stride;
  expect(labels[image]).toBe(imageAt(20).label);
  const { place, nearest } = (await find())!;
  expect(place[0]).toBeCloseTo(places[2 * image]!, 4);
  expect(place[1]).toBeCloseTo(places[2 * image + 1]!, 4);
  expect(nearest[0]).toBe(image);
  expect(nearest).toHaveLength(3);
});
