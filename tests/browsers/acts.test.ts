/** The page's main acts in every browser, in this order: each goes on from the one before. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digitIn, plain } from '../e2e/handwriting';
import { built, pretrainedReads, servePage, type Served } from '../e2e/site';
import { inPage, type Browser } from './browser';
import { boxOf, draw, goodness, press, settledGoodness, untilWords, words } from './person';
import { openChromium, openFirefox } from './puppeteer';
import { openWebKit } from './webkit';

/** Keeps what went wrong in the page, for no driver tells it of every browser. */
const recorder = `
  globalThis.faults = [];
  const note = (fault) => faults.push(String(fault));
  console.error = (...words) => note(words.join(' '));
  addEventListener('unhandledrejection', ({ reason }) => note(reason));
  addEventListener('error', (event) => note(event.message ?? event.target.outerHTML), true);`;

const faults = (browser: Browser): Promise<string[]> =>
  inPage(browser, () => (globalThis as unknown as { faults: string[] }).faults);

const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

const alerts = '.notices [role=alert]';
const notes = '.notices [role=status]';
const judges = '.judges';
const prediction = '[aria-label=Prediction]';
const progress = '.progress';
const testError = '.stats output';

/** Images that a paused net has learnt from. */
async function learntFrom(browser: Browser): Promise<number> {
  const [, images] = /Paused after ([\d,]+) images/.exec(await words(browser, progress)) ?? [];
  return Number(images?.replaceAll(',', ''));
}

describe.each([
  { name: 'Chromium', open: openChromium, build: /^relaxed SIMD, \d threads/ },
  { name: 'Firefox', open: openFirefox, build: /^relaxed SIMD, \d threads/ },
  {
    name: 'WebKit',
    open: openWebKit,
    // It is isolated, but this port of WebKit gives no page memory to share between threads.
    build: /^SIMD, 1 thread\..*because .*this browser shares no memory between threads/,
  },
])('in $name', ({ open, build }) => {
  const folder = mkdtempSync(join(tmpdir(), 'forward-forward-'));
  let served: Served;
  let browser: Browser;
  let byPretrained: string;

  beforeAll(async () => {
    served = await servePage({ script: recorder });
    browser = await open(`${served.address}?layers=100,100&epochs=1000`, desk, folder);
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
    rmSync(folder, { recursive: true });
  });

  test('the page opens without a fault or a note, and says which engine it runs', async () => {
    await untilWords(browser, judges, pretrainedReads); // once the pre-trained net is there
    await untilWords(browser, '.progress [title]', build);
    expect(await words(browser, alerts)).toBe('');
    expect(await words(browser, notes)).toBe('');
    expect(await faults(browser)).toEqual([]);
  });

  test('what is drawn is read', async () => {
    await draw(browser, plain(7));
    await untilWords(browser, prediction, /7/);
    byPretrained = await settledGoodness(browser);
  });

  test('a small net learns on MNIST', async () => {
    await press(browser, 'Train');
    await untilWords(browser, testError, /^\d\d?\.\d/);
    const error = async () => Number.parseFloat(await words(browser, testError));
    await expect.poll(error).toBeLessThan(20);
  });

  test('a file that is no model is refused in a sentence, and the run goes on', async () => {
    const path = join(folder, 'broken.safetensors');
    writeFileSync(path, 'no model');
    await browser.upload('input[type=file]', path);
    await untilWords(browser, alerts, /^broken\.safetensors: [^\n]+\.$/m);
    const time = () => words(browser, '.stats > div:nth-child(4)');
    const before = await time();
    await expect.poll(time).not.toBe(before);
    await press(browser, 'Dismiss');
    await untilWords(browser, alerts, /^$/);
  });

  test('Pause stops it, and Train lets it go on', async () => {
    await press(browser, 'Pause');
    await untilWords(browser, progress, /^Paused after/);
    const images = await learntFrom(browser);
    await press(browser, 'Train');
    await untilWords(browser, progress, /left/);
    await press(browser, 'Pause');
    await untilWords(browser, progress, /^Paused after/);
    expect(await learntFrom(browser)).toBeGreaterThan(images);
  });

  test('its net is saved, and reads the drawing as before when it is loaded', async () => {
    await untilWords(browser, judges, /paused/);
    const before = await settledGoodness(browser);
    await press(browser, 'Save model');
    const path = join(folder, 'forward-forward-100-100.safetensors');
    const size = () => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    await expect.poll(size).toBeGreaterThan(0); // some browsers begin with an empty file
    await browser.upload('input[type=file]', path);
    await untilWords(browser, notes, /forward-forward-100-100.safetensors now reads your drawing/);
    expect(before).not.toBe(byPretrained);
    await expect.poll(() => goodness(browser)).toBe(before);
  });

  test('a model file reads the drawing as the net does that it holds', async () => {
    await browser.upload('input[type=file]', join(built, 'models', 'pretrained.safetensors'));
    await untilWords(browser, notes, /pretrained.safetensors now reads your drawing/);
    await expect.poll(() => goodness(browser)).toBe(byPretrained);
  });

  test('on a phone nothing scrolls sideways, and the pad is of use', async () => {
    const page = await open(served.address, phone, folder);
    await untilWords(page, judges, pretrainedReads);
    expect(await inPage(page, () => [innerWidth, innerHeight])).toEqual([390, 844]);
    const width = await inPage(page, () => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(phone.width);
    const pad = (await boxOf(page, 'Draw a digit'))!;
    expect(pad.width).toBeGreaterThan(220); // a scroll bar takes some of it
    expect(pad.x).toBeGreaterThanOrEqual(0);
    expect(pad.x + pad.width).toBeLessThanOrEqual(phone.width);
    await draw(page, plain(4));
    await expect.poll(async () => digitIn(await words(page, prediction))).toBe(4);
    expect(await faults(page)).toEqual([]);
    await page.close();
  });

  test('nothing went wrong meanwhile', async () => {
    expect(await faults(browser)).toEqual([]);
    expect(await words(browser, alerts)).toBe('');
  });
});
