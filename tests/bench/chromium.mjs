// Contestants in Chromium: each a page of its own, whose Worker measures.
import { chromium } from 'playwright-core';
import { bundle } from './bundle.mjs';
import { bundles, serve } from './server.mjs';

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
  const site = `http://127.0.0.1:${server.address().port}`;
  return {
    version: browser.version(),
    bundle: (name) => bundle(name, bundles),
    /** `worker`: its address on the server. */
    async contestant(worker) {
      const page = await browser.newPage();
      await page.goto(`${site}/page/index.html`);
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
