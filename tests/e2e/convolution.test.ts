/** Nets of convolutions that judge all labels in one look: one's own, and one that the page offers. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digitIn, draw, plain, prediction } from './handwriting';
import { isolating, openPage, openSite, shownError, type Site } from './site';

let site: Site;

beforeAll(async () => {
  site = await openSite({ headers: isolating });
});
afterAll(() => site.close());

test('layers that each judge all labels learn, are told by what each reads alone, and read a drawing in one look', async () => {
  const page = await openPage(site, { query: '?preset=convolution' });
  const section = page.locator('#train');
  await section.getByRole('heading', { name: 'Every layer judges by itself' }).waitFor();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const error = async (): Promise<number> => Number.parseFloat(await shownError(page).innerText());
  await expect.poll(error).toBeLessThan(10);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await section.getByText('Alone: read by that layer’s goodness only.').waitFor();
  expect(await section.locator('.facts').count()).toBe(3);
  await draw(page, plain(3));
  expect(digitIn(await prediction(page))).toBe(3);
  await page.getByRole('heading', { name: 'One look, ten goodnesses from every layer' }).waitFor();
  await page.getByRole('img', { name: /^Goodness of each label above the least/ }).waitFor();
  expect(await page.locator('body').innerText()).not.toMatch(/NaN|undefined|Infinity/);
  await page.context().close();
});

const convolutional = (page: Page) => page.getByLabel(/^Convolutional net/);
const file = '**/models/convolution.safetensors*';

test('one that has learnt reads as soon as it is asked for, and shows what its filters find', async () => {
  const page = await openPage(site);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await draw(page, plain(4));
  expect(digitIn(await prediction(page))).toBe(4);
  expect(asked.filter((url) => url.includes('convolution.safetensors'))).toEqual([]);
  // Twice, before it is there.
  await convolutional(page).evaluate((option: HTMLInputElement) => {
    option.click();
    option.click();
  });
  await page.getByRole('heading', { name: 'One look, ten goodnesses from every layer' }).waitFor();
  expect(digitIn(await prediction(page))).toBe(4);
  expect(asked.filter((url) => url.includes('convolution.safetensors'))).toHaveLength(1);
  const inside = page.locator('#inside');
  await inside.scrollIntoViewIfNeeded();
  await inside.getByRole('img', { name: 'What the 16 filters of layer 1 find, and where' }).waitFor();
  await inside.getByRole('button', { name: /^Layer 2/ }).click();
  const maps = inside.getByRole('img', { name: 'What the 48 filters of layer 2 find, and where' });
  const shades = await maps.evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(data.filter((_, at) => at % 4 === 0)).size;
  });
  expect(shades).toBeGreaterThan(50);
  const told = await inside.getByRole('button', { name: /^Layer 3/ }).innerText();
  const [own, rival] = /(-?[\d.]+) against (-?[\d.]+)/.exec(told.replace('−', '-'))!.slice(1).map(Number);
  expect(own).toBeGreaterThan(rival!);
  await page.context().close();
});

test('where it cannot be fetched the net before reads on, and it can be asked for again', async () => {
  const page = await openPage(site);
  await page.route(file, (route) => route.abort());
  await draw(page, plain(4));
  await convolutional(page).click();
  const alert = page.getByRole('alert');
  await alert.getByText(/^convolution.safetensors could not be fetched/).waitFor();
  expect(await page.getByLabel(/^Pre-trained net/).isChecked()).toBe(true);
  expect(digitIn(await prediction(page))).toBe(4);
  await page.unroute(file);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'One look, ten goodnesses from every layer' }).waitFor();
  expect(await convolutional(page).isChecked()).toBe(true);
  expect(digitIn(await prediction(page))).toBe(4);
  await page.context().close();
});
