/** What a browser may lack, or refuse to a page, is done without. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digitIn, draw, plain, prediction } from './handwriting';
import { built, isolating, openSite, type Site, withServiceWorker } from './site';

let site: Site;

beforeAll(async () => {
  site = await openSite({ headers: isolating });
});
afterAll(() => site.close());

/** Opens the page after `inPage` has run in it, and `inWorker` in its Worker. */
async function open(inPage: string, inWorker = ''): Promise<{ page: Page; faults: string[] }> {
  const context = await site.browser.newContext(withServiceWorker);
  await context.addInitScript(inPage);
  await context.route('**/worker-*.js', (route) => {
    const file = join(built, 'assets', basename(new URL(route.request().url()).pathname));
    const body = inWorker + readFileSync(file, 'utf8');
    return route.fulfill({ body, contentType: 'text/javascript', headers: isolating });
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(site.address, { waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Train' }).and(page.locator(':enabled')).waitFor();
  return { page, faults };
}

const lacks = (owner: string, name: string): string =>
  `delete (${owner})['${name}']; delete Object.getPrototypeOf(${owner})['${name}'];`;
const refuses = (owner: string, name: string): string =>
  `Object.defineProperty(${owner}, '${name}', {
     get() { throw new DOMException('refused', 'SecurityError'); } });`;

describe.each([
  ['lacks', lacks],
  ['refuses', refuses],
])('a browser that %s', (_, without) => {
  test.each([
    ['storage', ['window.localStorage', 'window.sessionStorage']],
    ['service workers', ['navigator.serviceWorker']],
    ['what is asked of the system', ['window.matchMedia', 'navigator.hardwareConcurrency']],
    ['observers and hidden canvases', ['window.ResizeObserver', 'window.OffscreenCanvas']],
    ['captured pointers and the address', ['Element.prototype.setPointerCapture', 'history.replaceState']],
  ])('%s', async (_title, names) => {
    const script = names.map((path) => {
      const at = path.lastIndexOf('.');
      return without(path.slice(0, at), path.slice(at + 1));
    });
    const { page, faults } = await open(script.join('\n'));
    await draw(page, plain(3));
    await expect.poll(async () => digitIn(await prediction(page))).toBe(3);
    await page.getByRole('button', { name: 'Dark', exact: true }).click();
    await page.getByRole('button', { name: 'Light', exact: true }).waitFor();
    await page.getByLabel('Objective').selectOption('logistic');
    expect(await page.getByRole('alert').innerText()).toBe('');
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

const title = (page: Page) => page.locator('.progress [title]');

test('an isolated page without memory to share runs one thread, and its build line says why', async () => {
  const { page } = await open('', 'delete self.SharedArrayBuffer;');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await title(page).innerText()).toMatch(/^relaxed SIMD, 1 thread\b/);
  expect(await title(page).getAttribute('title')).toContain(
    'Not all can be had, because this browser shares no memory between threads.',
  );
  expect(await page.getByRole('alert').innerText()).toBe('');
  await page.context().close();
});

test('a browser that does not tell of its processors runs one thread', async () => {
  const { page } = await open('', lacks('navigator', 'hardwareConcurrency'));
  expect(await title(page).innerText()).toMatch(/^relaxed SIMD, 1 thread\b/);
  await page.context().close();
});

test('an exception that nothing expects becomes a sentence', async () => {
  const { page } = await open('');
  await page.evaluate(() => void setTimeout(() => void JSON.parse('{')));
  await page.getByRole('alert').getByText('Something went wrong that this page').waitFor();
  await page.context().close();
});
