/** Opening the page for the first time, on a host of one's own. */
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { digitIn, draw, plain, prediction } from './handwriting';
import type { PlainHost } from './plain-host';
import { pretrainedReads, pretrainedThere } from './site';

export const visitor = { viewport: { width: 1280, height: 900 } };

/** When the net reads is known in the page: whoever waits for it from outside hears later. */
const watchNet = `
  new MutationObserver((_, observer) => {
    if (!${pretrainedReads}.test(document.body?.textContent ?? '')) return;
    observer.disconnect();
    globalThis.readsAt = Date.now();
  }).observe(document, { subtree: true, childList: true, characterData: true });`;

export interface Opened {
  page: Page;
  /** Until the net reads; bytes and files, too. */
  seconds: number;
  bytes: number;
  asked: string[];
}

/** Opens the page as on a first visit does who only looks, and then draws. */
export async function open(context: BrowserContext, host: PlainHost): Promise<Opened> {
  const page = await context.newPage();
  await page.addInitScript(watchNet);
  const [sent, asked, began] = [host.sent(), host.asked.length, Date.now()];
  await page.goto(host.address, { waitUntil: 'commit' });
  await pretrainedThere(page);
  const readsAt = await page.evaluate(() => (globalThis as unknown as { readsAt: number }).readsAt);
  const files = host.asked.slice(asked);
  const later = files.find(({ at }) => at > readsAt);
  const bytes = (later?.sent ?? host.sent()) - sent;
  await draw(page, plain(3));
  expect(digitIn(await prediction(page))).toBe(3);
  const before = files.filter(({ at }) => at <= readsAt);
  return { page, seconds: (readsAt - began) / 1000, bytes, asked: before.map(({ path }) => path) };
}
