/** The story of one step: its figures are the core's own, and everybody can read it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import createEngine from '@engine/ff-simd.js';
import type { Page } from 'playwright-core';
import type { Config } from '../../web/src/generated/config';
import { draw, plain } from './handwriting';
import { built, isolating, openPage, openSite, type Site } from './site';

type Session = InstanceType<Awaited<ReturnType<typeof createEngine>>['Session']>;

let site: Site;
let page: Page;
let newSession: () => Session;
const model = readFileSync(join(built, 'models/pretrained.safetensors'));

beforeAll(async () => {
  site = await openSite({ headers: isolating });
  const engine = await createEngine();
  newSession = () => new engine.Session();
});
afterAll(() => site.close());

const frame = (number: number) => page.locator('#step li').nth(number - 1);
/** The numbers that a frame shows large. */
const figures = async (number: number): Promise<string[]> =>
  numbersIn(await frame(number).locator('.figure').innerText());
const numbersIn = (text: string): string[] =>
  text.replaceAll('−', '-').replaceAll(',', '').match(/-?\d+(\.\d+)?/g) ?? [];
const look = () => page.locator('#step').scrollIntoViewIfNeeded();
/** Waits until the frames tell of the example, too, not its heading alone. */
const tellsExample = async () => {
  await page.getByRole('heading', { name: 'One step, on an example' }).waitFor();
  await expect.poll(() => frame(2).innerText()).toContain('Its label, 3,');
};
const doIt = () => page.getByRole('button', { name: 'Do it' }).click();

/** A number on the page, to the digits that it has there. */
function expectFigure(shown: string | undefined, core: number): void {
  const digits = shown!.split('.')[1]?.length ?? 0;
  const most = 0.5 * 10 ** -digits + 1e-5 * Math.abs(core);
  const off = Math.abs(Number(shown) - core);
  expect(off, `${shown} on the page, ${core} in the core`).toBeLessThanOrEqual(most);
}

const imagesHeader = 16;

/** A test image as the page's own data have it. */
function testImage(index: number): Uint8Array {
  const folder = join(built, 'data/mnist');
  const name = readdirSync(folder).find((file) => file.startsWith('t10k-images'))!;
  const start = imagesHeader + index * 784;
  return new Uint8Array(gunzipSync(readFileSync(join(folder, name))).subarray(start, start + 784));
}

function idx(magic: number, sizes: number[], body: Uint8Array): Uint8Array {
  const header = Buffer.alloc(4 + sizes.length * 4);
  [magic, ...sizes].forEach((number, place) => header.writeUInt32BE(number, place * 4));
  return new Uint8Array(Buffer.concat([header, body]));
}

/** The pre-trained net as the beginning of a run of plain steps, a pair each. */
function asRun(rate: number): Uint8Array {
  const length = Number(model.readBigUInt64LE());
  const header = JSON.parse(model.toString('utf8', 8, 8 + length)) as {
    __metadata__: Record<string, string>;
  };
  const config: Partial<Config> = {
    ...(JSON.parse(header.__metadata__.config!) as Config),
    ...{ optimiser: 'sgd', momentum: 0, decay_start: 1, learning_rate: rate },
    ...{ batch: 1, shift: 0, negatives: 'uniform', outliers: 0, validation_images: 0 },
  };
  Object.assign(header.__metadata__, { config: JSON.stringify(config), step: '0' });
  const text = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(text.length));
  return new Uint8Array(Buffer.concat([size, text, model.subarray(8 + length)]));
}

/** A session that has trained on that image once: of its images all but one are that. */
function trainedOnce(rate: number, pixels: Uint8Array, label: number, rival: number): Session {
  const session = newSession();
  const count = 100;
  const labels = new Uint8Array(count).fill(label).fill(rival, count - 1);
  const images = Buffer.concat(Array<Uint8Array>(count).fill(pixels));
  session.load(asRun(rate));
  session.loadData('train', idx(0x803, [count, 28, 28], images), idx(0x801, [count], labels));
  session.step();
  return session;
}

const ofLayer = (session: Session, pixels: Uint8Array, layer: number): Float32Array =>
  session.classify(pixels).scores.find((score) => score.name === 'layer' && score.layer === layer)!
    .values;

describe('on one page, whose pad is cleared between,', () => {
  beforeAll(async () => {
    page = await openPage(site, { reducedMotion: 'no-preference' });
  });
  beforeEach(async () => {
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await look();
    await tellsExample();
  });
  afterAll(() => page.context().close());

  test('every figure is the core’s own', async () => {
    await page.getByRole('button', { name: 'Test digit', exact: true }).click();
    const said = await page.getByText(/^Test image [\d,]+, labelled \d/).innerText();
    const [index, label] = numbersIn(said).map(Number) as [number, number];
    const pixels = testImage(index);
    const core = newSession();
    core.load(new Uint8Array(model));
    const { values } = core.classify(pixels).scores[0]!;
    const others = Array.from(values.keys()).filter((other) => other !== label);
    const rival = others.reduce((best, other) => (values[other]! > values[best]! ? other : best));
    const step = core.oneStep(pixels, label, rival, 42);

    await look();
    await expect.poll(() => frame(2).innerText()).toContain(`Its label, ${label},`);
    expect(await frame(3).innerText()).toContain(`most tempted by: ${rival}.`);
    expect(await figures(1)).toEqual([String(pixels.filter((ink) => ink > 0).length)]);
    expect(await figures(2)).toEqual(['5']);
    expectFigure((await figures(3))[0], Math.abs(values[label]! - values[rival]!));
    const before = ofLayer(core, pixels, 0);
    const [real, wrong] = await figures(4);
    expectFigure(real, before[label]!);
    expectFigure(wrong, before[rival]!);
    expectFigure((await figures(6))[0], step.layers[0]!.angle);

    expect(await figures(7)).toHaveLength(2);
    await doIt();
    const trained = trainedOnce(step.rate, pixels, label, rival);
    for (const [number, layer] of [[5, 0], [7, 1]] as const) {
      const [realBefore, realAfter, wrongBefore, wrongAfter] = await figures(number);
      expectFigure(realBefore, ofLayer(core, pixels, layer)[label]!);
      expectFigure(realAfter, ofLayer(trained, pixels, layer)[label]!);
      expectFigure(wrongBefore, ofLayer(core, pixels, layer)[rival]!);
      expectFigure(wrongAfter, ofLayer(trained, pixels, layer)[rival]!);
    }
    await expect.poll(() => frame(5).innerText()).toContain('Marked: the 42 most moved weights.');
    await frame(5).getByText('Formula').click();
    expect(await frame(5).innerText()).toContain('no weight moves further than 0.001');
    const loss = numbersIn(await frame(5).getByText(/^L:/).innerText());
    expectFigure(loss[0], step.layers[0]!.before.loss);
    expectFigure(loss[1], step.layers[0]!.after.loss);
  });

  test('a guess is called one until the person says what they drew', async () => {
    await draw(page, plain(3));
    await look();
    await page.getByText('What is it? The net guesses 3.').waitFor();
    await expect.poll(() => frame(2).innerText()).toContain('Real, if it is a 3');
    await page.getByRole('group', { name: /^What is it/ }).getByRole('button', { name: '8' }).click();
    await page.getByText('You say that this is a 8.').waitFor();
    await expect.poll(() => frame(2).innerText()).toContain('Its label, 8,');
    await expect.poll(() => frame(3).innerText()).toContain('most tempted by: 3.');
    expect(await frame(3).locator('.figure').innerText()).toContain('ahead');
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await tellsExample();
  });

  test('a new picture has not made its step yet', async () => {
    await look();
    await doIt();
    expect(await figures(5)).toHaveLength(4);
    await draw(page, plain(7));
    await page.getByRole('button', { name: 'Do it' }).waitFor();
    await look();
    // Heading, question and frames change together.
    await page.getByRole('heading', { name: 'One step, on your digit' }).waitFor();
    expect(await page.locator('#what-is-it').innerText()).toBe('What is it? The net guesses 7.');
    expect(await frame(2).innerText()).toContain('Real, if it is a 7');
  });

  test('it is read by keyboard alone, and a screen reader hears seven items', async () => {
    expect(await page.locator('#step').getByRole('listitem').count()).toBe(7);
    const focused = () => page.evaluate(() => document.activeElement?.querySelector('h3')?.textContent);
    await frame(1).focus();
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Real');
    for (let press = 0; press < 9; ++press) await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Layer 2 does not wait');
    await page.keyboard.press('ArrowLeft');
    expect(await focused()).toBe('Only direction goes on');
    await page.getByRole('button', { name: 'Previous frame' }).press('Enter');
    expect(await focused()).toBe('One step');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await figures(5)).toHaveLength(4);
  });

  test('the black box breaks backprop’s chain, not this one', async () => {
    await look();
    await page.getByLabel('Black box between the layers').check();
    await expect.poll(() => frame(7).innerText()).toContain('Backprop’s chain breaks at the box.');
  });

  test('a fresh net is pulled at more: what is real goes up, what is false goes down', async () => {
    await look();
    const [ofReader] = await figures(4);
    await page.getByRole('button', { name: 'A fresh net' }).click();
    await expect.poll(async () => (await figures(4))[0]).not.toBe(ofReader);
    await doIt();
    const [realBefore, realAfter, wrongBefore, wrongAfter] = (await figures(5)).map(Number);
    expect(realAfter).toBeGreaterThan(realBefore!);
    expect(wrongAfter).toBeLessThan(wrongBefore!);
    await expect.poll(() => frame(5).innerText()).toContain('Real up, false down.');
  });
});

describe('on a page of its own,', () => {
  afterEach(() => page.context().close());

  test('where less motion is wanted, what moved most is marked and does not flash', async () => {
    page = await openPage(site, { viewport: { width: 320, height: 800 } });
    await look();
    await doIt();
    const marks = frame(5).locator('.flashes rect');
    expect(await marks.count()).toBeGreaterThan(0);
    expect(await frame(5).evaluate((card) => card.getAnimations({ subtree: true }).length)).toBe(0);
    for (const details of await page.locator('#step summary').all()) await details.click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  describe('a net of the person’s own', () => {
    const learn = async (query: string): Promise<void> => {
      page = await openPage(site, { query });
      await page.getByRole('button', { name: 'Step', exact: true }).click();
      await page.getByLabel('Your own net').waitFor();
      await look();
    };

    test.each([
      ['backprop', 'it learns from the error of a softmax'],
      ['backprop-pairwise', 'sends the error back through all layers'],
      ['hybrids', 'its real is a whole digit, its false a mixture of two'],
    ])('without such pairs says what it does instead: %s', async (preset, words) => {
      await learn(`?preset=${preset}&layers=40,30`);
      await page.locator('#step').getByText(words).waitFor();
      await page.getByRole('button', { name: 'Ask the pre-trained net' }).click();
      await frame(7).waitFor();
    });

    test('with a black box says so', async () => {
      await learn('?layers=40,30&black_box=1');
      await frame(7).getByText('This net has one, after layer 1.').waitFor();
      expect(await page.getByLabel('Black box between the layers').isChecked()).toBe(true);
    });
  });

  test('doing it 60,000 times is training', async () => {
    page = await openPage(site, { query: '?layers=40,30' });
    await look();
    await page.getByRole('button', { name: 'Do this 60,000 times' }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByText(/^Paused after/).waitFor();
  });
});
