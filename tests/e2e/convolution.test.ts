/** A net of convolutions that judges all labels in one look. */
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
