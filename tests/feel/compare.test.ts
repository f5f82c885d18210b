/** How quickly two learn at once, what comparing over and over leaves behind, and how many runs are kept. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { heap } from '../soak/gauges.mjs';
import { isolating, openPage, openSite, type Site } from '../e2e/site';

let site: Site;

beforeAll(async () => {
  site = await openSite({ headers: isolating });
});
afterAll(() => site.close());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const seconds = (count: number): Promise<void> => new Promise((done) => setTimeout(done, count * 1000));

/** Images a second of each side that learns, by what the page shows after some seconds and then some more. */
async function paces(page: Page): Promise<Map<string, number>> {
  const look = () =>
    page.evaluate(() => {
      const text = [...document.querySelectorAll('#compare .small')].map(({ textContent }) => textContent);
      const told = text.find((one) => one.startsWith('Images seen'))!;
      return { told, now: performance.now() / 1000 };
    });
  // Until what has just been stopped was looked at closely.
  await seconds(5);
  const from = await look();
  await seconds(10);
  const to = await look();
  const seen = ({ told }: typeof from) =>
    [...told.matchAll(/([AB]) ([\d,]+)/g)].map(([, side, images]) => [side!, Number(images!.replaceAll(',', ''))] as const);
  const before = new Map(seen(from));
  return new Map(seen(to).map(([side, images]) => [side, (images - before.get(side)!) / (to.now - from.now)]));
}

test('two that learn at once go at 45 % of the speed of one or more', async () => {
  const page = await openPage(site);
  await page.getByRole('link', { name: 'Compare' }).first().click();
  const together: Record<string, number[]> = { A: [], B: [] };
  const alone: Record<string, number[]> = { A: [], B: [] };
  for (let round = 0; round < 2; ++round) {
    // What was trained beforehand takes the place of the other, which stops.
    for (const [side, other] of [['A', 'Layers together as B'], ['B', 'Layers alone as A']] as const) {
      await button(page, 'Train both').click();
      for (const [learning, pace] of await paces(page)) together[learning]!.push(pace);
      await button(page, other).last().click();
      alone[side]!.push((await paces(page)).get(side)!);
      await button(page, 'Pause both').click();
    }
  }
  const mean = (paces: number[]): number => paces.reduce((sum, pace) => sum + pace) / paces.length;
  const shares = ['A', 'B'].map((side) => mean(together[side]!) / mean(alone[side]!));
  const told = (paces: number[]): string => paces.map((pace) => pace.toFixed(0)).join(' ');
  console.log(
    `Images a second alone: A ${told(alone.A!)}, B ${told(alone.B!)}; together: A ${told(together.A!)}, ` +
      `B ${told(together.B!)}; shares ${shares.map((share) => `${(share * 100).toFixed(1)} %`).join(', ')}.`,
  );
  for (const share of shares) expect(share).toBeGreaterThan(0.45);
  await page.context().close();
}, 400_000);

const pair = /A: \S+ .*?after [\d,]+ images. B: \S+ .*?after [\d,]+ images/;

test('fifty comparisons leave nothing behind', async () => {
  const page = await openPage(site);
  await page.getByRole('link', { name: 'Compare' }).first().click();
  const devtools = await page.context().newCDPSession(page);
  const heaps: number[] = [];
  for (let cycle = 0; cycle < 50; ++cycle) {
    await button(page, 'Train both').click();
    await page.getByRole('img', { name: pair }).waitFor({ timeout: 40_000 });
    await button(page, 'Pause both').click();
    for (const name of ['Layers alone as A', 'Layers together as B']) await button(page, name).last().click();
    heaps.push(await heap(devtools));
  }
  const mean = (from: number, end: number): number =>
    heaps.slice(from, end).reduce((sum, size) => sum + size, 0) / (end - from);
  const [before, after] = [mean(12, 25), mean(37, 50)];
  console.log(`The heap in MB, second quarter and last: ${(before / 1e6).toFixed(2)}, ${(after / 1e6).toFixed(2)}.`);
  expect(after / before).toBeLessThan(1.03);
  // Twelve that are kept, and six from beforehand.
  expect(await page.locator('#compare .shelf li').count()).toBe(18);
  await page.context().close();
}, 600_000);

test('twelve runs are kept', async () => {
  const context = await site.browser.newContext({ viewport: { width: 1280, height: 900 } });
  for (let run = 1; run <= 12; ++run) {
    const page = await context.newPage();
    await page.goto(`${site.address}?layers=${10 * run}&epochs=1`);
    await button(page, 'Train').and(page.locator(':enabled')).click();
    await page.getByText(/^Finished/).waitFor({ timeout: 60_000 });
    await page.close();
  }
  const page = await context.newPage();
  await page.goto(site.address);
  await page.getByRole('link', { name: 'Compare' }).first().click();
  for (let run = 1; run <= 12; ++run) {
    await button(page, `Forget Supervised, layers ${10 * run}, epochs 1`).waitFor();
  }
  await context.close();
}, 300_000);
