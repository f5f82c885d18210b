/** Pictures of the page, for people to look at: build/screenshots. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { draw, plain, prediction } from '../e2e/handwriting';
import { isolating, openPage, openSite, type Site, shownError } from '../e2e/site';

const folder = fileURLToPath(new URL('../../build/screenshots/', import.meta.url));

let site: Site;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  site = await openSite({ headers: isolating });
});
afterAll(() => site.close());

const desk = { viewport: { width: 1280, height: 900 } };
const sideways = { viewport: { width: 844, height: 390 }, deviceScaleFactor: 2, hasTouch: true };
const projector = { viewport: { width: 1920, height: 1080 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true };

/** A net that is half trained, a digit drawn, everything in view. */
test('of desk and phone, light and dark, while a net learns', async () => {
  const page = await openPage(site, desk);
  await draw(page, plain(3));
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  // Long enough for a curve.
  await expect
    .poll(async () => Number.parseFloat(await shownError(page).innerText()), {
      timeout: 55_000,
      interval: 500,
    })
    .toBeLessThan(6);
  await prediction(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [device, { viewport }] of Object.entries({ desk, phone })) {
      await page.setViewportSize(viewport);
      await page.waitForTimeout(400);
      const path = `${folder}training-${device}-${colorScheme}.png`;
      await page.screenshot({ path, fullPage: true });
    }
  }
  await page.context().close();
}, 120_000);

test.each([
  ['desk', 'light', desk],
  ['phone', 'light', phone],
  ['desk', 'dark', desk],
  ['phone', 'dark', phone],
  ['sideways', 'dark', sideways],
] as const)('of %s in %s, as the page opens', async (device, colorScheme, options) => {
  const page = await openPage(site, { ...options, colorScheme });
  await page.waitForTimeout(2500); // until the example is drawn
  await page.screenshot({ path: `${folder}opening-${device}-${colorScheme}.png`, fullPage: true });
  await page.context().close();
});

test('of a projector, in a room', async () => {
  const page = await openPage(site, projector);
  await page.getByRole('button', { name: 'Room', exact: true }).click();
  await draw(page, plain(3));
  await prediction(page);
  await page.screenshot({ path: `${folder}room.png` });
  await page.context().close();
});
