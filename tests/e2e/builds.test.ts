/** Which build of the engine the page runs, and that each one works. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { digitIn, draw, plain, prediction } from './handwriting';
import { isolating, openPage, openSite, shownError, type Site, withServiceWorker } from './site';

const title = (page: Page) => page.locator('.progress [title]').innerText();
const alert = (page: Page) => page.getByRole('alert').locator('.notice').innerText();
const isolated = (page: Page) => page.evaluate(() => crossOriginIsolated);

async function read(page: Page): Promise<number | null> {
  await draw(page, plain(3));
  return digitIn(await prediction(page));
}

describe('on a host that sends no headers', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());

  test('the page is isolated by its service worker, and runs threads; its address stays', async () => {
    const context = await site.browser.newContext();
    const page = await context.newPage();
    const asked = new Set<string>();
    let loads = 0;
    page.on('request', (request) => asked.add(request.url()));
    page.on('domcontentloaded', () => (loads += 1));
    const address = `${site.address}?epochs=3#inside`;
    await page.goto(address, { waitUntil: 'commit' });
    await expect.poll(() => title(page)).toMatch(/^relaxed SIMD, \d threads/);
    expect(await isolated(page)).toBe(true);
    expect(page.url()).toBe(address);
    expect(loads).toBe(2);
    expect(await read(page)).toBe(3);
    // Only that build is fetched.
    const engine = [...asked].filter((url) => url.includes('/engine-')).map((url) => url.split('/'));
    expect(engine.map((parts) => parts.at(-1)).sort()).toEqual([
      'ff-relaxed-threads.js',
      'ff-relaxed-threads.wasm',
    ]);
    await page.goto(site.address);
    await expect.poll(() => title(page)).toMatch(/threads/);
    expect(loads).toBe(3);
    await context.close();
  });

  test('without a service worker it runs on one thread, and says why if asked for more', async () => {
    const page = await openPage(site);
    expect(await title(page)).toMatch(/^relaxed SIMD, 1 thread\b/);
    expect(await isolated(page)).toBe(false);
    expect(await read(page)).toBe(3);
    await page.context().close();

    const other = await openPage(site, { query: '?engine=simd-threads' });
    expect(await title(other)).toMatch(/^relaxed SIMD, 1 thread\b/);
    expect(await alert(other)).toContain(
      'From this address: engine=simd-threads cannot be had, because this page is not ' +
        'cross-origin isolated; relaxed is used.',
    );
    await other.context().close();
  });

  test('the page is never loaded anew once somebody has begun', async () => {
    const context = await site.browser.newContext();
    let release = (): void => undefined;
    const begun = new Promise<void>((resolve) => (release = resolve));
    await context.route('**/service-worker.js', async (route) => {
      await begun;
      await route.continue();
    });
    const page = await context.newPage();
    await page.goto(site.address);
    await page.getByLabel('Draw a digit').click();
    release();
    await page.evaluate(() => navigator.serviceWorker.ready);
    expect(await read(page)).toBe(3);
    expect(await title(page)).toMatch(/^relaxed SIMD, 1 thread\b/);
    await page.reload();
    await expect.poll(() => title(page)).toMatch(/threads/);
    await context.close();
  });

  test.each([
    ['relaxed-threads', /^relaxed SIMD, [2-8] threads/],
    ['simd-threads', /^SIMD, [2-8] threads/],
    ['relaxed', /^relaxed SIMD, 1 thread\b/],
    ['simd', /^SIMD, 1 thread\b/],
  ])('engine=%s trains and reads', async (name, expected) => {
    const page = await openPage(site, { ...withServiceWorker, query: `?engine=${name}` });
    expect(await title(page)).toMatch(expected);
    expect(await page.getByRole('alert').innerText()).toBe('');
    expect(await read(page)).toBe(3);
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    const error = shownError(page);
    await expect
      .poll(async () => Number.parseFloat(await error.innerText()))
      .toBeLessThan(12);
    expect(await read(page)).toBe(3);
    await page.context().close();
  });
});

test('a service worker that cannot be had is done without', async () => {
  const site = await openSite({ refuses: ({ url }) => url!.endsWith('/service-worker.js') });
  const page = await openPage(site, withServiceWorker);
  expect(await title(page)).toMatch(/^relaxed SIMD, 1 thread\b/);
  expect(await page.getByRole('alert').innerText()).toBe('');
  await site.close();
});

describe('on a host that sends the headers itself', () => {
  async function open(serving: Parameters<typeof openSite>[0]) {
    const site = await openSite(serving);
    return { site, page: await openPage(site) };
  }

  test('there are threads without a service worker', async () => {
    const { site, page } = await open({ headers: isolating });
    expect(await title(page)).toMatch(/threads/);
    await site.close();
  });

  test('threads that do not start are done without, and the page says so', async () => {
    const { site, page } = await open({
      headers: isolating,
      refuses: ({ url, headers: { 'sec-fetch-dest': as } }) =>
        as === 'worker' && url!.includes('/engine-'),
    });
    expect(await title(page)).toMatch(/^relaxed SIMD, 1 thread\b/);
    expect(await alert(page)).toContain('The engine runs on one thread');
    expect(await read(page)).toBe(3);
    await site.close();
  });
});
