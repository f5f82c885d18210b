/** Signs of one's own: drawn, taught, read, kept, shared. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { randomFrom } from '../../web/src/random';
import { digitIn, draw, plain, prediction } from './handwriting';
import { patience } from './patience';
import { drawSign, drawWith, signsHash } from './signs';
import { isolating, openPage, openSite, type Site } from './site';

let site: Site;

beforeAll(async () => {
  site = await openSite({ headers: isolating });
});
afterAll(() => site.close());

const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).click();
const clear = (page: Page) => press(page, 'Clear');
const taught = (page: Page) =>
  page.getByText(/^Taught in [\d.]+ seconds/).waitFor({ timeout: 2 * patience });
const figure = async (page: Page, title: string): Promise<number> =>
  Number.parseFloat(await page.locator('.figures div', { hasText: title }).locator('dd').innerText());

/** How many of ten new drawings of a sign are read as it. */
async function rightOf(page: Page, name: string): Promise<number> {
  const random = randomFrom(77);
  let right = 0;
  for (let time = 0; time < 10; ++time) {
    await clear(page);
    await drawWith(page, 'Draw a digit', drawSign(name, random));
    right += Number((await prediction(page)).includes(name));
  }
  return right;
}

test('signs from a link are taught, and read beside the digits', async () => {
  const page = await openPage(site, { query: `#${signsHash(['★', '♥'], 12, 1)}` });
  await page.getByText('This link brings 2 signs').waitFor();
  expect(new URL(page.url()).hash).toBe('#signs');
  await press(page, 'Teach them');
  await taught(page);
  expect(await figure(page, 'Your drawings, unseen')).toBeGreaterThanOrEqual(7);
  const [before, now] = [await figure(page, 'wrong before'), await figure(page, 'wrong now')];
  expect(now - before).toBeLessThan(0.5);
  expect(await rightOf(page, '★')).toBeGreaterThanOrEqual(8);
  expect(await page.locator('.trial').count()).toBe(12);
  await clear(page);
  await draw(page, plain(3));
  expect(digitIn(await prediction(page))).toBe(3);
  await page.context().close();
});

test('a sign is named, drawn again and again, and is there after a reload', async () => {
  const page = await openPage(site);
  const name = page.getByLabel('What is your sign called?');
  await name.fill('3');
  await press(page, 'Add a sign');
  await page.getByText('3 is a digit already').waitFor();
  await name.fill('★');
  await press(page, 'Add a sign');
  const random = randomFrom(3);
  for (let time = 0; time < 4; ++time) {
    await page.getByText(`Drawing ${time + 1} of 12`).waitFor();
    await drawWith(page, 'Draw ★', drawSign('★', random));
    await press(page, 'Next');
  }
  await press(page, 'Undo the last');
  await page.getByText('3 drawings', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('3 drawings', { exact: true }).waitFor();
  await press(page, 'Rename ★');
  await page.getByLabel('Another name for ★').fill('star');
  await page.keyboard.press('Enter');
  await press(page, 'Remove star');
  await page.getByText('Your signs will be listed here').waitFor();
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await page.getByText('3 drawings', { exact: true }).waitFor();
  await page.context().close();
});

test('a drawing is done when the pen has been lifted for a second, or by Enter', async () => {
  const page = await openPage(site);
  await page.getByLabel('What is your sign called?').fill('L');
  await page.keyboard.press('Enter');
  await drawWith(page, 'Draw L', drawSign('→', randomFrom(3)));
  await page.getByText('Drawing 2 of 12').waitFor();
  const pad = page.getByLabel('Draw L');
  await pad.focus();
  for (const key of ['Space', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'Space', 'Enter']) {
    await pad.press(key);
  }
  await page.getByText('Drawing 3 of 12').waitFor();
  await page.context().close();
});

test('a fresh net learns the signs alone, two or more', async () => {
  const page = await openPage(site, { query: `#${signsHash(['▲', '@'], 6, 2)}` });
  await press(page, 'Only keep them');
  await page.getByLabel('Teach them to').selectOption({ label: 'a fresh net: forget the digits' });
  await press(page, 'Teach these 2 signs');
  await taught(page);
  expect(await page.locator('.trial').count()).toBe(2);
  expect(await rightOf(page, '@')).toBeGreaterThanOrEqual(8);
  await press(page, 'Remove ▲');
  await page.getByText('Without digits, two signs are needed.').waitFor();
  await page.context().close();
});

test('teaching is stopped, and the net that reads stays', async () => {
  const page = await openPage(site, { query: `#${signsHash(['⌂'], 12, 3)}` });
  await press(page, 'Teach it');
  await page.getByRole('progressbar', { name: 'Teaching' }).waitFor();
  await press(page, 'Stop');
  await page.getByRole('button', { name: /^Teach this sign/ }).waitFor();
  expect(await page.locator('.trial').count()).toBe(10);
  expect(await page.getByRole('alert').first().innerText()).toBe('');
  await page.context().close();
});

test('a link that is damaged is told of, and changes nothing', async () => {
  const page = await openPage(site, { query: '#signs=%E2%98%85,AAAA' });
  await page.getByRole('alert').getByText('The signs in this address are damaged').waitFor();
  await page.getByText('What is your sign called?').waitFor();
  await page.context().close();
});
