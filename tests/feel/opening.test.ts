/** How long it takes until the net reads, from an empty cache and on the second visit. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { open, visitor } from '../e2e/first-visit';
import { startPlainHost } from '../e2e/plain-host';
import { launchChromium } from '../e2e/site';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

test.each([
  ['1.6 Mbit/s', { rate: 200_000, latency: 150 }, 5],
  ['10 Mbit/s', { rate: 1_250_000, latency: 40 }, 2],
])('on a line of %s', { timeout: 60_000 }, async (name, line, most) => {
  const host = await startPlainHost(line);
  const context = await browser.newContext(visitor);
  const cold = await open(context, host);
  await cold.page.waitForTimeout(5000); // in which the page is kept
  const warm = await open(context, host);
  console.log(
    `${name}, ${line.latency} ms: read after ${cold.seconds.toFixed(2)} s; ` +
      `on the second visit after ${warm.seconds.toFixed(2)} s.`,
  );
  await context.close();
  await host.close();
  expect(cold.seconds).toBeLessThanOrEqual(most);
  expect(warm.seconds).toBeLessThanOrEqual(0.5);
});
