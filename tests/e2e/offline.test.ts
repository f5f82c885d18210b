/** The page without a network, what it keeps for that, and what is new on its server. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { digitIn, draw, plain, prediction } from './handwriting';
import { built, isolating, openPage, openSite, shownError, type Site, withServiceWorker } from './site';

const kept = (page: Page) => page.locator('.kept');
const alerts = (page: Page) => page.getByRole('alert').innerText();

let site: Site;
afterEach(() => site.close());

async function reads(page: Page, digit: number): Promise<void> {
  // The first screen is there before the program that it is pressed for.
  await page.getByRole('button', { name: /^Train/ }).and(page.locator(':enabled')).first().waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();
  await draw(page, plain(digit));
  await expect.poll(async () => digitIn(await prediction(page))).toBe(digit);
}

async function trains(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const error = shownError(page);
  await expect.poll(async () => Number.parseFloat(await error.innerText())).toBeLessThan(50);
}

/** A page that is kept, with MNIST. */
async function openKept(serving: Parameters<typeof openSite>[0]): Promise<Page> {
  site = await openSite(serving);
  const page = await openPage(site, { ...withServiceWorker, query: '?layers=100,100' });
  await kept(page).getByText('This page is kept').waitFor();
  await trains(page);
  await kept(page).getByText(/^MNIST is kept: 11\.5.MB/).waitFor();
  return page;
}

test.each([
  ['sends no headers', {}],
  ['isolates the page itself', { headers: isolating }],
])('from a host that %s, without a network the page reads, and trains on what was fetched', async (_, serving) => {
  let reached = true;
  const page = await openKept({ ...serving, refuses: ({ socket }) => !reached && Boolean(socket.destroy()) });
  const build = page.locator('.progress [title]');
  const before = await build.innerText();
  reached = false;
  await page.reload();
  // How well the run reads that is taken up again, the machine decides.
  await page.getByText('Pre-trained net').click();
  await reads(page, 4);
  expect(await build.innerText()).toBe(before);
  expect(await page.getByRole('button', { name: 'Train', exact: true }).innerText()).toBe('Train');
  await trains(page);
  expect(await alerts(page)).toBe('');
});

test('what was compared is compared without a network as well', async () => {
  let reached = true;
  site = await openSite({ headers: isolating, refuses: ({ socket }) => !reached && Boolean(socket.destroy()) });
  const page = await openPage(site, { ...withServiceWorker, query: '#compare' });
  const comparedWith = (b: string) =>
    page.locator('#compare .mirror caption', { hasText: `and by ${b}` }).waitFor();
  const supervised = page.getByRole('button', { name: 'Supervised as B', exact: true });
  await comparedWith('Layers together');
  await supervised.click();
  await comparedWith('Supervised');
  const keptFiles = () =>
    page.evaluate(() => {
      const names = ['runs.json', ...['alone', 'collaboration', 'supervised'].map((net) => `${net}.safetensors`)];
      const found = names.map((name) => caches.match(`models/${name}`, { ignoreSearch: true }));
      return Promise.all(found).then((files) => files.filter(Boolean).length);
    });
  await expect.poll(keptFiles).toBe(4);
  reached = false;
  await page.reload();
  await comparedWith('Layers together');
  await supervised.click();
  await comparedWith('Supervised');
  expect(await alerts(page)).toBe('');
});

test('a data set that is kept is said, and removed', async () => {
  const page = await openKept({});
  await page.getByRole('button', { name: 'Remove MNIST from this device' }).click();
  await expect.poll(() => kept(page).innerText()).not.toContain('MNIST');
  await page.reload();
  const train = page.getByRole('button', { name: 'Train', exact: true });
  await train.waitFor();
  expect(await train.innerText()).toMatch(/^Train \(fetches 11\.5.MB\)$/);
  await trains(page);
});

test.each([
  ['full', 'QuotaExceededError', /There is no room on this device/],
  ['blocked', 'SecurityError', /This browser lets the page keep nothing/],
])('storage that is %s is said once, and nothing else breaks', async (_, name, sentence) => {
  site = await openSite({ headers: isolating });
  const context = await site.browser.newContext(withServiceWorker);
  const refuse = `Cache.prototype.put = Cache.prototype.add = () =>
    Promise.reject(new DOMException('no', '${name}'));`;
  await context.addInitScript(refuse);
  await context.route('**/worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: refuse + (await response.text()) });
  });
  const page = await context.newPage();
  await page.goto(site.address, { waitUntil: 'commit' });
  await reads(page, 3);
  await trains(page);
  await kept(page).getByText(sentence).waitFor();
  expect(await kept(page).getByText(sentence).count()).toBe(1);
  expect(await alerts(page)).toBe('');
});

/** The page as if all its programs had changed, so that they have other names. */
function newerVersion(folder: string): void {
  cpSync(built, folder, { recursive: true });
  const assets = join(folder, 'assets');
  const programs = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const stems = programs.map((name) => name.slice(0, -'.js'.length));
  for (const stem of stems) renameSync(join(assets, `${stem}.js`), join(assets, `${stem}-newer.js`));
  for (const name of ['index.html', ...stems.map((stem) => `assets/${stem}-newer.js`)]) {
    const path = join(folder, name);
    const renamed = stems.reduce(
      (text, stem) => text.replaceAll(`${stem}.js`, `${stem}-newer.js`),
      readFileSync(path, 'utf8'),
    );
    writeFileSync(path, renamed.replace('<title>', '<title>Newer: ').replace('"name":"', '"name":"newer-'));
  }
}

test('with a newer version on the server the open page goes on, and the next load is the newer one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ff-versions-'));
  const [newer, current] = [join(folder, 'newer'), join(folder, 'current')];
  newerVersion(newer);
  symlinkSync(built, current);
  let reached = true;
  site = await openSite({
    folder: current,
    refuses: ({ socket }) => !reached && Boolean(socket.destroy()),
  });
  const page = await openPage(site, withServiceWorker);
  await kept(page).getByText('This page is kept').waitFor();
  unlinkSync(current);
  symlinkSync(newer, current);

  // Its program is not on the server any more, but kept.
  const program = await page.locator('script[type=module][src]').getAttribute('src');
  const has = (path: string) => page.evaluate(async (url) => (await fetch(url)).ok, path);
  expect(await has(program!)).toBe(true);
  expect(await has(`${program}?anew`)).toBe(false);
  await reads(page, 2);

  await page.reload();
  await expect.poll(() => page.title()).toMatch(/^Newer: /);
  await reads(page, 5);
  await kept(page).getByText('This page is kept').waitFor();
  reached = false;
  await page.reload();
  await reads(page, 6);
  expect(await page.title()).toMatch(/^Newer: /);
  expect(await alerts(page)).toBe('');
  rmSync(folder, { recursive: true });
});
