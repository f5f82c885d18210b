import { beforeAll, describe, expect, test } from 'vitest';
import createEngine from '@engine/ff-simd.js';
import type { Engine, Session } from '../../web/src/engine/builds';
import { heldOut, imagesOf, spreadOver } from '../../web/src/engine/drawn-images';
import type { Event } from '../../web/src/engine/protocol';
import { rasterOf } from '../../web/src/engine/raster';
import { Superseded } from '../../web/src/engine/lab';
import { Teacher } from '../../web/src/engine/teacher';
import { variantOf } from '../../web/src/engine/variants';
import { randomFrom } from '../../web/src/random';
import { signsFrom, textOfSigns } from '../../web/src/signs/signs-text';
import type { Point, Stroke } from '../../web/src/draw/drawing';
import { drawnSigns, drawSign, signNames } from '../e2e/signs';
import { sampleSplit } from './sample-data';

const strokeOf = (...points: [number, number][]): Stroke => ({
  kind: 'stroke',
  points: points.map(([x, y]) => ({ x, y })),
  width: 0.1,
  erases: false,
});
const inkIn = (ink: Uint8Array): number => ink.reduce((sum, value) => sum + value, 0) / 255;

describe('the ink of strokes', () => {
  test('covers as much as a round pen along a line does', () => {
    const side = 200;
    const line = inkIn(rasterOf([strokeOf([0.3, 0.4], [0.6, 0.8])], side));
    expect(line / side ** 2).toBeCloseTo(0.1 * 0.5 + Math.PI * 0.05 ** 2, 3);
    const dot = inkIn(rasterOf([strokeOf([0.5, 0.5])], side));
    expect(dot / side ** 2).toBeCloseTo(Math.PI * 0.05 ** 2, 3);
  });

  test('is where the pen was, and not twice as dark where it was twice', () => {
    const once = rasterOf([strokeOf([0.2, 0.5], [0.8, 0.5])], 50);
    expect(once[25 * 50 + 25]).toBe(255);
    expect(once[15 * 50 + 25]).toBe(0);
    expect(rasterOf([strokeOf([0.2, 0.5], [0.8, 0.5], [0.2, 0.5])], 50)).toEqual(once);
  });

  test('ends at the edge', () => {
    expect(inkIn(rasterOf([strokeOf([-1, 0.5], [2, 0.5])], 100))).toBeCloseTo(1000, 0);
  });
});

describe('variants of a drawing', () => {
  const drawing = drawSign('★', randomFrom(1));

  test('are the same for the same seed, and all different', () => {
    const some = (seed: number) => {
      const random = randomFrom(seed);
      return Array.from({ length: 5 }, () => variantOf(drawing, random));
    };
    expect(some(3)).toEqual(some(3));
    expect(new Set(some(3).map((variant) => JSON.stringify(variant))).size).toBe(5);
  });

  test('lie within the picture, wherever and however large it was drawn', () => {
    const random = randomFrom(2);
    const inside = ({ x, y }: Point, by: number) => Math.min(x, y, 1 - x, 1 - y) >= by;
    for (const strokes of [drawing, [strokeOf([0, 0], [1, 1])], [strokeOf([0.9, 0.9])]]) {
      for (let time = 0; time < 200; ++time) {
        for (const { points, width } of variantOf(strokes, random)) {
          expect(points.every((point) => inside(point, width / 2))).toBe(true);
        }
      }
    }
  });
});

describe('signs as text', () => {
  const signs = drawnSigns(signNames, 12, randomFrom(4));

  test('come back by name, stroke by stroke, as near as the eye can tell', () => {
    const back = signsFrom(textOfSigns(signs))!;
    expect(back.map(({ name }) => name)).toEqual(signNames);
    signs.forEach(({ drawings }, sign) =>
      drawings.forEach((strokes, index) => {
        const other = back[sign]!.drawings[index]!;
        expect(other).toHaveLength(strokes.length);
        const [one, two] = [rasterOf(strokes, 100), rasterOf(other, 100)];
        const apart = one.reduce((sum, ink, pixel) => sum + Math.abs(ink - two[pixel]!), 0) / 255;
        expect(apart / inkIn(one)).toBeLessThan(0.15);
      }),
    );
  });

  test('take about 300 letters a drawing, of those that an address keeps as they are', () => {
    const text = textOfSigns(signs);
    expect(text.length / (12 * signs.length)).toBeLessThan(300);
    expect(new URL(`http://localhost/#${text}`).hash).toBe(`#${text}`);
  });

  test.each(['★,', '★,!!', ',AAAA', '★,AAA;', '%E2,AQ'])('that are damaged are none: %s', (text) => {
    expect(signsFrom(text)).toBeNull();
  });

  test('may be none, or not drawn yet', () => {
    expect(signsFrom('')).toEqual([]);
    expect(signsFrom('★')).toEqual([{ name: '★', drawings: [] }]);
  });
});

describe('a net that is taught signs', () => {
  let engine: Engine;
  let base: Session;
  let events: Event[];
  let teacher: Teacher;
  const world: ConstructorParameters<typeof Teacher>[1] = {
    fetchSplit: (_, split) => Promise.resolve(sampleSplit(split === 'train' ? 1500 : 300)),
    post: (event) => events.push(event),
    turn: () => new Promise((resolve) => setImmediate(resolve)),
    now: () => performance.now(),
  };
  /** How many drawings of another time it reads as they were meant. */
  const rightOf = (names: string[]): number =>
    drawnSigns(names, 10, randomFrom(99))
      .flatMap(({ name, drawings }) => drawings.map((strokes) => ({ name, strokes })))
      .filter(({ name, strokes }) => {
        const pixels = teacher.net!.prepareDrawing(rasterOf(strokes, 120), 120, 120)!;
        const { classes, label } = teacher.net!.classify(pixels);
        return classes[label] === name;
      }).length;

  beforeAll(async () => {
    engine = await createEngine();
    base = new engine.Session();
    base.configure(JSON.stringify({ layers: [80, 60], batch: 20, epochs: 6, learning_rate: 0.003 }));
    const { images, labels } = sampleSplit(1000);
    base.loadData('train', images, labels);
    while (base.train(100));
    events = [];
    teacher = new Teacher(engine, world);
  });

  test('reads them, and what it knew as before; the base stays as it was', async () => {
    const before = base.save('whole');
    const taught = await teacher.teach(base, drawnSigns(['★', '→'], 12, randomFrom(5)), 1);
    expect(taught.classes.slice(8)).toEqual(['8', '9', '★', '→']);
    expect(taught.signs.map(({ of }) => of)).toEqual([4, 4]);
    expect(taught.before).toEqual({ right: 300, of: 300 });
    expect(taught.after!.right).toBeGreaterThan(290);
    expect(rightOf(['★', '→'])).toBeGreaterThanOrEqual(18);
    expect(Buffer.compare(base.save('whole'), before)).toBe(0);
    const phases = events.flatMap((event) => (event.type === 'teaching' ? event.progress.phase : []));
    expect([...new Set(phases)]).toEqual(['preparing', 'learning', 'judging']);
  });

  test('gives way to another only when that is done', async () => {
    const { net } = teacher;
    const given = teacher.teach(base, drawnSigns(['♥'], 6, randomFrom(5)), 1);
    await world.turn();
    teacher.stop();
    await expect(given).rejects.toBeInstanceOf(Superseded);
    expect(teacher.net).toBe(net);
  });

  test('may be a fresh one that knows nothing else', async () => {
    const names = ['▲', '⌂', '@'];
    const taught = await teacher.teach(null, drawnSigns(names, 9, randomFrom(6)), 1);
    expect(taught).toMatchObject({ classes: names, before: null, after: null });
    expect(rightOf(names)).toBeGreaterThanOrEqual(27);
  });

  test('has no class twice', async () => {
    const signs = drawnSigns(['★'], 3, randomFrom(5)).map((sign) => ({ ...sign, name: '7' }));
    await expect(teacher.teach(base, signs, 1)).rejects.toThrow('a class named 7 already');
  });

  test('learns from all drawings but the last third, each in twenty variants', async () => {
    const [sign] = drawnSigns(['★'], 7, randomFrom(5));
    expect([3, 7, 12].map(heldOut)).toEqual([1, 2, 4]);
    const images = await imagesOf([sign!], 10, 1, base, () => Promise.resolve());
    expect([...new Set(images.learnt.labels)]).toEqual([10]);
    expect(images.learnt.labels).toHaveLength(5 * 20 * 4);
    expect(images.held.pixels).toHaveLength(2 * 784);
  });

  test('goes over images from all of a split', () => {
    const split = sampleSplit(100);
    const some = spreadOver(split, 30);
    expect(some.pixels).toHaveLength(30 * 784);
    expect([...some.labels.subarray(0, 4)]).toEqual([0, 3, 6, 9]);
    expect(spreadOver(split, Infinity).pixels).toEqual(split.images.subarray(16));
    expect(() => spreadOver({ ...split, images: split.images.subarray(1) }, 3)).toThrow('damaged');
  });
});
