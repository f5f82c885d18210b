/** Chromium by its own protocol and Firefox by WebDriver BiDi, both in Puppeteer's words. */
import puppeteer, { type LaunchOptions } from 'puppeteer-core';
import { flags } from '../e2e/site';
import type { Browser, Open, Size } from './browser';

export const openChromium: Open = (address, size, downloads) =>
  open(address, size, {
    browser: 'chrome',
    executablePath: '/usr/bin/chromium',
    args: flags,
    downloadBehavior: { policy: 'allow', downloadPath: downloads },
  });

export const openFirefox: Open = (address, size, downloads) =>
  open(address, size, {
    browser: 'firefox',
    executablePath: '/usr/bin/firefox-esr',
    extraPrefsFirefox: { 'browser.download.folderList': 2, 'browser.download.dir': downloads },
  });

async function open(address: string, size: Size, options: LaunchOptions): Promise<Browser> {
  const browser = await puppeteer.launch(options);
  const page = await browser.newPage();
  await page.setViewport(size);
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  return {
    evaluate: (expression) => page.evaluate(expression),
    async stroke([first, ...others]) {
      await page.mouse.move(...first!);
      await page.mouse.down();
      for (const place of others) await page.mouse.move(...place);
      await page.mouse.up();
    },
    async upload(selector, path) {
      const input = await page.locator(selector as 'input').waitHandle();
      await input.uploadFile(path);
    },
    close: () => browser.close(),
  };
}
