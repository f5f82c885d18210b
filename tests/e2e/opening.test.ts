/** What it costs to open the page until its net reads: bytes, time, and what moves meanwhile. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { open, visitor } from './first-visit';
import { startPlainHost } from './plain-host';
import { launchChromium, shownError } from './site';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const most = { bytes: 600_000, shift: 0.02 };

/** Adds up what moves without anybody's asking, as Cumulative Layout Shift does, and what moves at all. */
const watchShifts = `
  globalThis.shifts = { unasked: 0, all: 0, by: [] };
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      shifts.all += value;
      if (!hadRecentInput) shifts.unasked += value;
      shifts.by.push(value.toFixed(4) + ' ' + sources.map(({ node }) => node?.className || node?.nodeName));
    }
  }).observe({ type: 'layout-shift', buffered: true });`;

interface Shifts {
  unasked: number;
  all: number;
  by: string[];
}

const shiftsOf = (page: Page): Promise<Shifts> =>
  page.evaluate(() => (globalThis as unknown as { shifts: Shifts }).shifts);

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test('until the net reads little is sent, every file once, and one build of the engine', async () => {
  const host = await startPlainHost();
  const context = await browser.newContext(visitor);
  const { bytes, asked } = await open(context, host);
  console.log(`${(bytes / 1000).toFixed(0)} kB in ${asked.length} requests:\n${asked.join('\n')}`);
  expect(bytes).toBeLessThanOrEqual(most.bytes);
  const engines = asked.filter((path) => path.startsWith('engine-'));
  expect(new Set(engines.map((path) => path.replace(/\.\w+$/, ''))).size).toBe(1);
  await context.close();
  await host.close();
});

// At once: they wait for a slow host.
describe.concurrent.each([
  ['desk', visitor],
  ['phone', phone],
])('on a %s', (_, options) => {
  test('nothing moves when the page opens, or when a run starts', async () => {
    // Slowly, so that what comes late is late.
    const host = await startPlainHost({ rate: 1e6, latency: 50 });
    const context = await browser.newContext(options);
    await context.addInitScript(watchShifts);
    const { page } = await open(context, host);
    const opening = await shiftsOf(page);
    expect(opening.unasked, opening.by.join('\n')).toBeLessThanOrEqual(most.shift);

    const train = page.getByRole('button', { name: 'Train', exact: true });
    await train.evaluate((button) => button.scrollIntoView({ block: 'center', behavior: 'instant' }));
    await page.waitForTimeout(300);
    const before = await shiftsOf(page);
    await train.click();
    await expect.poll(() => shownError(page).innerText()).toMatch(/\d/);
    const after = await shiftsOf(page);
    const moved = after.by.slice(before.by.length).join('\n');
    expect(after.all - before.all, moved).toBeLessThanOrEqual(most.shift);
    await context.close();
    await host.close();
  });
});

test('before any program runs the example is there, as the net reads it', async () => {
  const host = await startPlainHost();
  const context = await browser.newContext({ ...visitor, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(host.address);
  const rows = page.getByRole('img', { name: /^Goodness of each label/ });
  expect(await rows.getAttribute('aria-label')).toMatch(/best first\. 3: \d/);
  const lengths = await rows.locator('.track i').evaluateAll((bars) =>
    bars.map((bar) => Math.round(bar.getBoundingClientRect().width)),
  );
  expect(Math.max(...lengths)).toBeGreaterThan(50);
  expect(new Set(lengths).size).toBeGreaterThan(5);
  await context.close();
  await host.close();
});
