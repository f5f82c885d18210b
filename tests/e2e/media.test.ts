/** The page on paper, and in the colours of somebody's system. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { draw, plain, prediction } from './handwriting';
import { isolating, openPage, openSite, type Site } from './site';

let site: Site;
let page: Page;

beforeAll(async () => {
  site = await openSite({ headers: isolating });
  page = await openPage(site, { colorScheme: 'dark' });
  await draw(page, plain(3));
  await prediction(page);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await page.getByRole('img', { name: /^Layer 2: goodness/ }).waitFor();
});
afterAll(() => site.close());

/** Red, green and blue of a colour that something is shown in, 0 to 255. */
const colour = (selector: string, property: 'color' | 'backgroundColor'): Promise<number[]> =>
  page.locator(selector).first().evaluate((element, name) => {
    const canvas = document.createElement('canvas').getContext('2d')!;
    canvas.fillStyle = getComputedStyle(element)[name];
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  }, property);
const brightness = async (...which: Parameters<typeof colour>): Promise<number> =>
  Math.max(...(await colour(...which)));

test('on paper there are figures and rows, dark on white, and nothing to press', async () => {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 794, height: 1123 });
  expect(await brightness('body', 'backgroundColor')).toBe(255);
  expect(await brightness('h1', 'color')).toBeLessThan(80);
  expect(await page.getByRole('img', { name: /^Goodness of each label/ }).isVisible()).toBe(true);
  const chart = page.getByRole('img', { name: /^Layer 2: goodness/ });
  expect((await chart.boundingBox())!.width).toBeGreaterThan(200);
  for (const name of ['Clear', 'Train', 'Reset']) {
    expect(await page.getByRole('button', { name, exact: true }).isVisible(), name).toBe(false);
  }
  const needed = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(needed).toBeLessThanOrEqual(794);
  await page.emulateMedia({ media: 'screen' });
});

test('in forced colours bars differ from their tracks, and keys from each other', async () => {
  await page.emulateMedia({ forcedColors: 'active' });
  const track = await colour('.trial .track', 'backgroundColor');
  expect(await colour('.trial.wins .track i:first-child', 'backgroundColor')).not.toEqual(track);
  const keys = page.locator('#train .chart .legend i');
  const shown = await keys.evaluateAll((all) =>
    all.map((key) => {
      const { backgroundColor, backgroundImage } = getComputedStyle(key);
      return `${backgroundColor} ${backgroundImage}`; // a colour, or hatched
    }),
  );
  expect(shown.length).toBeGreaterThan(1);
  // As the curves are, which have no hatching.
  for (const one of shown) expect(one).toMatch(/(?<!\(0, 0, 0, 0\)) none$/);
  expect(new Set(shown).size).toBeGreaterThan(1);
});
