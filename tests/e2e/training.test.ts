/** One run on the full MNIST from pressing Train, and what may happen meanwhile. In this order. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { badModels } from './bad-models';
import { digitIn, draw, plain, prediction } from './handwriting';
import { built, openPage, openSite, type Site } from './site';

let site: Site;
let page: Page;

beforeAll(async () => {
  site = await openSite();
  page = await openPage(site);
});
afterAll(() => site.close());

const button = (name: string) => page.getByRole('button', { name, exact: true });
const alerts = () => page.getByRole('alert');
const figure = async (text: Promise<string>): Promise<number> => Number.parseFloat(await text);
const testError = () => figure(page.getByLabel('Test error').innerText());
/** Percent, and how many images it is of. */
const tested = async (): Promise<[error: number, images: string]> => {
  const text = await page.locator('.stats > div').first().innerText();
  const [, error, images] = /^([\d.]+).*\n.* on ([\d,]+);/s.exec(text) ?? [];
  return [Number(error), images ?? ''];
};
const epochs = () => figure(page.locator('.stats > div').nth(2).innerText());
const seconds = (since: number): number => (performance.now() - since) / 1000;

/**
 * Milliseconds from an event that `act` makes to the page's showing the answer, taken inside the
 * page. `answer` is a pattern that the element's text does not have before.
 */
async function answerTime(
  event: string,
  element: string,
  answer: string,
  act: () => Promise<unknown>,
): Promise<number> {
  const watch = await page.evaluateHandle(
    ([type, selector, pattern]) => {
      const time = new Promise<number>((resolve) => {
        const begin = ({ timeStamp }: globalThis.Event): void => {
          const observer = new MutationObserver(() => {
            const text = document.querySelector(selector)?.textContent ?? '';
            if (!new RegExp(pattern).test(text)) return;
            observer.disconnect();
            resolve(performance.now() - timeStamp);
          });
          observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        };
        addEventListener(type, begin, { once: true, capture: true });
      });
      return { time };
    },
    [event, element, answer] as const,
  );
  await act();
  return watch.evaluate(({ time }) => time);
}

/** Clears the pad and touches it once. */
async function timeToRead(): Promise<number> {
  await button('Clear').click();
  const box = (await page.getByLabel('Draw a digit').boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const time = await answerTime('pointerdown', '.prediction', '\\d', () => page.mouse.down());
  await page.mouse.up();
  return time;
}

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
  test('answers input within 100 ms all the while, and is under 2.5 % within 60 s', async () => {
    await button('Train').click();
    const begun = performance.now();
    await button('Pause').waitFor();
    const times: number[] = [];
    let [underFive, reached] = [Infinity, Infinity];
    while (seconds(begun) < 60 && reached === Infinity) {
      times.push(await timeToRead());
      const [error, images] = await tested();
      if (error < 5) underFive = Math.min(underFive, seconds(begun));
      if (error < 2.5 && images === '10,000') reached = seconds(begun);
      await page.waitForTimeout(200);
    }
    const build = await page.locator('.progress [title]').innerText();
    const rate = await page.locator('.stats > div').nth(1).innerText();
    times.sort((a, b) => a - b);
    const at = (share: number): string => times[Math.floor((times.length - 1) * share)]!.toFixed(0);
    console.log(
      `${build.split('\n')[0]}: ${rate.replace('\n', ' ')}. From Train to under 5 %: ` +
        `${underFive.toFixed(1)} s; to under 2.5 % of all test images: ${reached.toFixed(1)} s. ` +
        `Input to answer in ms: median ${at(0.5)}, nine of ten within ${at(0.9)}, ` +
        `at most ${at(1)}; ${times.length} times.`,
    );
    expect(reached).toBeLessThan(60);
    // Not the slowest: that one tells what else the machine had to do.
    expect(Number(at(0.9))).toBeLessThan(100);
  }, 90_000);

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
      await expect.poll(epochs, { timeout: 20_000 }).toBeGreaterThanOrEqual(before);
    }
    expect(await button('Pause').isVisible()).toBe(true);
  });

  test('says what waits for a fresh net, and takes a live setting at once', async () => {
    await page.getByLabel('Layers', { exact: true }).fill('50');
    await page.getByLabel('Layers', { exact: true }).press('Enter');
    await page.getByText(/^Changed: Layers\./).waitFor();
    await page.getByLabel('Layers', { exact: true }).fill('500, 500');
    await page.getByLabel('Layers', { exact: true }).press('Enter');
    await page.getByLabel('Learning rate', { exact: true }).fill('0.0015');
    await page.getByLabel('Learning rate', { exact: true }).press('Enter');
    await expect.poll(() => page.getByText(/^Changed:/).count()).toBe(0);
    expect(page.url()).toMatch(/\?learning_rate=0\.0015$/);
  });

  test('stops within 200 ms of Pause, and Step does one minibatch', async () => {
    const time = await answerTime('click', '.run-controls', 'Train', () => button('Pause').click());
    console.log(`Pause took ${time.toFixed(0)} ms.`);
    expect(time).toBeLessThan(200);
    const images = async (): Promise<number> =>
      Number(
        /after ([\d,]+) images/
          .exec(await page.locator('.progress').innerText())![1]!
          .replace(',', ''),
      );
    const before = await images();
    await button('Step').click();
    await expect.poll(images).toBe(before + 100);
    await page.getByText(/test error on [\d,]{3,5};/).waitFor();
  });

  test('is tested on all ten thousand images when it is paused', async () => {
    await button('Train').click();
    await button('Pause').click();
    const text = page.getByText(/test error on 10,000; softmax/);
    await text.waitFor({ timeout: 40_000 });
    expect(await testError()).toBeLessThan(5);
    const [, softmax] = /softmax ([\d.]+)\s%$/.exec(await text.innerText())!;
    expect(Number(softmax)).toBeLessThan(5);
  });

  test('shows what it takes for what, and puts a misread digit on the pad', async () => {
    const misread = page.getByRole('button', { name: /^\d → \d/ }).first();
    await misread.waitFor({ timeout: 20_000 });
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
    expect(download.suggestedFilename()).toBe('forward-forward-500-500.safetensors');

    const other = await openPage(site);
    await other.getByLabel('Model file').setInputFiles(await download.path());
    await other.getByText(/now reads your drawing/).waitFor();
    await draw(other, plain(5));
    expect(digitIn(await prediction(other))).toBe(5);
    expect(
      await other.getByRole('img', { name: /^Goodness of each label/ }).getAttribute('aria-label'),
    ).toBe(before);

    await other.getByRole('button', { name: /^Go on learning/ }).click();
    await other.getByText(/Paused after [\d,]+ images/).waitFor({ timeout: 20_000 });
    await other.context().close();
  });
});

test('Reset gives a fresh net, and the run before stays as dashes', async () => {
  await button('Reset').click();
  await page.getByText('the run before').waitFor();
  await page.getByText('A fresh net.').waitFor();
  expect(await page.getByLabel('Test error').innerText()).toBe('–');
});

test('a net without goodness is trained, says that it has none, and reads a digit', async () => {
  const other = await openPage(site, { query: '?preset=backprop' });
  await other.getByText(/^This rule has no goodness: /).waitFor();
  await other.getByRole('button', { name: 'Train', exact: true }).click();
  const error = other.getByLabel('Test error');
  const below = async (): Promise<number> => Number.parseFloat(await error.innerText());
  await expect.poll(below, { timeout: 40_000 }).toBeLessThan(5);
  await draw(other, plain(3));
  expect(digitIn(await prediction(other))).toBe(3);
  await other.getByRole('img', { name: /^Probability of each label, best first. 3: \d/ }).waitFor();
  await other.getByRole('img', { name: /^Line chart.*Now \d/ }).waitFor();
  expect(await other.getByRole('img', { name: /^Goodness/ }).count()).toBe(0);
  expect(await other.locator('body').innerHTML()).not.toMatch(/NaN|undefined|Infinity/);
  await other.context().close();
});
