// Contestants in Chromium: each a page of its own, whose Worker measures.
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function openChromium() {
  const server = await serve();
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  const site = `http://127.0.0.1:${server.address().port}/page/`;
  return {
    version: browser.version(),
    /** `worker`: a file of browser/, with its parameters. */
    async contestant(worker) {
      const page = await browser.newPage();
      await page.goto(`${site}index.html`);
      await page.evaluate((address) => globalThis.start(address), worker);
      return {
        ask: (request) => page.evaluate((text) => globalThis.ask(text), request),
        close: () => page.close(),
      };
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
