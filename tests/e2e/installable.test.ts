/** What others need to know of the page: who installs it, who links to it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { built, openPage, openSite, type Site, withServiceWorker } from './site';

let site: Site;
let page: Page;

beforeAll(async () => {
  site = await openSite();
  page = await openPage(site, withServiceWorker);
});
afterAll(() => site.close());

const content = (selector: string) =>
  page.locator(selector).evaluateAll((all) => all.map((one) => (one as HTMLMetaElement).content));

/** Pixels of a PNG file beside the page, by its header. */
function sizeOf(path: string): [width: number, height: number] {
  const bytes = readFileSync(join(built, path));
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

test('Chromium finds nothing that keeps the page from being installed', async () => {
  const client = await page.context().newCDPSession(page);
  const manifest = await client.send('Page.getAppManifest');
  expect(manifest.errors).toEqual([]);
  const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
  // Playwright's contexts are as private windows.
  const errors = installabilityErrors.map(({ errorId }) => errorId);
  expect(errors.filter((id) => id !== 'in-incognito')).toEqual([]);
});

test('the manifest names icons of the sizes that they have, one of them with room around', () => {
  const manifest = JSON.parse(readFileSync(join(built, 'manifest.webmanifest'), 'utf8')) as {
    icons: { src: string; sizes: string; purpose?: string; type: string }[];
  };
  const pictures = manifest.icons.filter(({ type }) => type === 'image/png');
  for (const { src, sizes } of pictures) expect(sizeOf(src).join('x')).toBe(sizes);
  expect(pictures.map(({ sizes }) => sizes)).toEqual(['192x192', '512x512', '512x512']);
  expect(pictures.some(({ purpose }) => purpose === 'maskable')).toBe(true);
  expect(sizeOf('icons/apple-touch.png')).toEqual([180, 180]);
});

test('the page says what it is, and has a picture for those who link to it', async () => {
  const [description] = await content('meta[name=description]');
  expect(description!.length).toBeGreaterThan(50);
  expect(description!.length).toBeLessThan(160);
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  expect((await content('meta[name=viewport]'))[0]).toContain('width=device-width');
  expect((await content('meta[property="og:image"]'))[0]).toMatch(/social\.png$/);
  expect(sizeOf('social.png')).toEqual([1200, 630]);
});

test('the colour around the page is that of its paper', async () => {
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const around = () =>
    page.evaluate(() => {
      const [meta] = [...document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')].filter(
        ({ media }) => matchMedia(media).matches,
      );
      const probe = document.createElement('i');
      probe.style.color = meta!.content;
      document.body.append(probe);
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    });
  const light = await paper();
  expect(await around()).toBe(light);
  await page.getByRole('button', { name: 'Dark' }).click();
  expect(await paper()).not.toBe(light);
  expect(await around()).toBe(await paper());
});
