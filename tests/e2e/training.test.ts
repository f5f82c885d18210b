/** One run on the full MNIST from pressing Train, and what may happen meanwhile. In this order. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { badModels } from './bad-models';
import { digitIn, draw, plain, prediction } from './handwriting';
import { built, isolating, openPage, openSite, type Site, shownError } from './site';

let site: Site;
let page: Page;

beforeAll(async () => {
  site = await openSite({ headers: isolating });
  page = await openPage(site, { query: '?layers=200,200', reducedMotion: 'no-preference' });
});
afterAll(() => site.close());

const button = (name: string) => page.getByRole('button', { name, exact: true });
const alerts = () => page.getByRole('alert');
const figure = async (text: Promise<string>): Promise<number> => Number.parseFloat(await text);
const testError = () => figure(shownError(page).innerText());
const epochs = () => figure(page.locator('.stats > div').nth(2).innerText());

describe('broken data', () => {
  test('are refused in one sentence, and Train can be pressed again', async () => {
    const path = '**/data/mnist/train-images-idx3-ubyte.gz';
    await page.route(path, async (route) => {
      const response = await route.fetch();
      const body = (await response.body()).subarray(0, 100_000);
      await route.fulfill({ response, body, headers: { 'content-length': '100000' } });
    });
    await button('Train').click();
    await alerts()
      .getByText(/train-images-idx3-ubyte\.gz is a gzip file that is truncated/)
      .waitFor();
    expect(await button('Train').isEnabled()).toBe(true);
    await page.unroute(path);
    await alerts().getByRole('button', { name: 'Dismiss' }).click();
    expect(await alerts().innerText()).toBe('');
  });
});

describe('training from a fresh net', () => {
  test('is under 5 % within its first epochs', async () => {
    await button('Train').click();
    await button('Pause').waitFor();
    await expect.poll(testError).toBeLessThan(5);
  });

  test('goes on while model files are refused', async () => {
    const model = await readFile(new URL('models/pretrained.safetensors', `file://${built}`));
    for (const { name, bytes } of badModels(model)) {
      const before = await epochs();
      await page.getByLabel('Model file').setInputFiles({
        name: `${name}.safetensors`,
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(bytes),
      });
      const alert = alerts().getByText(`${name}.safetensors`);
      await alert.waitFor();
      expect(await alert.innerText()).toMatch(/^\S[^\n]+\.$/);
      await alerts().getByRole('button', { name: 'Dismiss' }).click();
      await expect.poll(epochs).toBeGreaterThanOrEqual(before);
    }
    expect(await button('Pause').isVisible()).toBe(true);
  });

  test('offers what is chosen as a run of its own, and takes a live setting at once', async () => {
    const asNew = page.getByRole('button', { name: /^Train as new run: / });
    await page.getByLabel('Layers', { exact: true }).fill('50');
    await page.getByLabel('Layers', { exact: true }).press('Enter');
    expect(await asNew.innerText()).toBe('Train as new run: Supervised, layers 50');
    expect(await page.locator('.run-title h3').innerText()).toBe('Supervised, layers 200, 200');
    await page.getByLabel('Layers', { exact: true }).fill('200, 200');
    await page.getByLabel('Layers', { exact: true }).press('Enter');
    await page.getByLabel('Learning rate', { exact: true }).fill('0.0015');
    await page.getByLabel('Learning rate', { exact: true }).press('Enter');
    await expect.poll(() => asNew.count()).toBe(0);
    expect(page.url()).toMatch(/\?layers=200,200&learning_rate=0\.0015$/);
  });

  test('stops at Pause, and Step does one minibatch', async () => {
    await button('Pause').click();
    await button('Train').waitFor();
    const images = async (): Promise<number> =>
      Number(
        /after ([\d,]+) images/
          .exec(await page.locator('.progress').innerText())![1]!
          .replace(',', ''),
      );
    const before = await images();
    await button('Step').click();
    await expect.poll(images).toBe(before + 100);
    await page.getByText(/validation error on [\d,]{3,5};/).waitFor();
  });

  test('is tested on all that are held out when it is paused, on the test set when asked', async () => {
    await button('Train').click();
    await expect.poll(epochs).toBeGreaterThanOrEqual(2);
    await button('Pause').click();
    await page.getByText(/validation error on 10,000; softmax/).waitFor();
    expect(await testError()).toBeLessThan(5);
    await button('Judge on the test set').click();
    const text = page.getByText(/test error on 10,000; softmax/);
    await text.waitFor();
    expect(await testError()).toBeLessThan(5);
    const [, softmax] = /softmax ([\d.]+)\s%$/.exec(await text.innerText())!;
    expect(Number(softmax)).toBeLessThan(5);
  });

  test('shows what it takes for what, and puts a misread digit on the pad', async () => {
    const misread = page.getByRole('button', { name: /^\d → \d/ }).first();
    await misread.waitFor();
    const [, label, read] = /(\d) → (\d)/.exec(await misread.innerText())!;
    await misread.click();
    expect(digitIn(await prediction(page))).toBe(Number(read));
    expect(await page.getByText(`, labelled ${label}.`).isVisible()).toBe(true);
  });

  test('is shown in every chart, in words too', async () => {
    const chart = (name: RegExp) => page.getByRole('img', { name });
    await chart(/^Line chart.*Now \d/).waitFor();
    await chart(/^Layer 2: goodness of recent pairs/).waitFor();
    await chart(/^Incoming weights of 42 units/).waitFor();
    expect(await page.getByText(/^alone\s*\d.* error$/).count()).toBe(2);
    expect(await page.getByText(/^brings\s*[+−]?\d.*\spoints$/).count()).toBe(1);
  });
});

/** Loads a model file in place of the one that reads: what that said is no answer any more. */
async function waitsForAnswerOf(page: Page, path: string): Promise<void> {
  const box = await page.getByLabel('Prediction').elementHandle();
  const isBusy = box.evaluate(
    (element) =>
      new Promise((resolve) => {
        new MutationObserver(() => resolve(element.ariaBusy)).observe(element, {
          attributeFilter: ['aria-busy'],
        });
      }),
  );
  await page.getByLabel('Model file').setInputFiles(path);
  expect(await isBusy).toBe('true');
  await prediction(page);
}

describe('a model file', () => {
  test('reads a drawing as the net did that was saved, and can be trained further', async () => {
    await button('Clear').click();
    await draw(page, plain(5));
    await prediction(page);
    const goodness = () =>
      page.getByRole('img', { name: /^Goodness of each label/ }).getAttribute('aria-label');
    const before = await goodness();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button('Save model').click(),
    ]);
    expect(download.suggestedFilename()).toBe('forward-forward-200-200.safetensors');

    const other = await openPage(site);
    await other.getByLabel('Model file').setInputFiles(await download.path());
    await other.getByText(/now reads your drawing/).waitFor();
    await draw(other, plain(5));
    expect(digitIn(await prediction(other))).toBe(5);
    expect(
      await other.getByRole('img', { name: /^Goodness of each label/ }).getAttribute('aria-label'),
    ).toBe(before);

    await waitsForAnswerOf(other, built + 'models/pretrained.safetensors');
    await waitsForAnswerOf(other, await download.path());

    await other.getByRole('button', { name: /^Go on learning/ }).click();
    await other.getByText(/Paused after [\d,]+ images/).waitFor();
    await other.context().close();
  });
});

test('Reset gives a fresh net, and the run before stays as dashes', async () => {
  await button('Reset').click();
  await page.getByText('the run before').waitFor();
  await page.getByText('A fresh net.').waitFor();
  expect(await shownError(page).innerText()).toBe('–');
});

test('a net without goodness is trained, says that it has none, and reads a digit', async () => {
  const other = await openPage(site, { query: '?preset=backprop' });
  await other.getByText(/^This rule has no goodness: /).waitFor();
  await other.getByRole('button', { name: 'Train', exact: true }).click();
  const error = shownError(other);
  const below = async (): Promise<number> => Number.parseFloat(await error.innerText());
  await expect.poll(below).toBeLessThan(5);
  await draw(other, plain(3));
  expect(digitIn(await prediction(other))).toBe(3);
  await other.getByRole('img', { name: /^Probability of each label, best first. 3: \d/ }).waitFor();
  await other.getByRole('img', { name: /^Line chart.*Now \d/ }).waitFor();
  expect(await other.getByRole('img', { name: /^Goodness/ }).count()).toBe(0);
  expect(await other.locator('body').innerHTML()).not.toMatch(/NaN|undefined|Infinity/);
  await other.context().close();
});
