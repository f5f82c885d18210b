/** Runs as things: named, kept, had back, and compared. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { RunRecord } from '../../web/src/engine/protocol';
import { draw, plain } from './handwriting';
import { asTested, isolating, openPage, openSite, shownError, type Site } from './site';

let site: Site;

beforeAll(async () => {
  site = await openSite({ headers: isolating });
});
afterAll(() => site.close());

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const title = (page: Page) => page.locator('.run-title h3').innerText();
const below = (page: Page) => async () => Number.parseFloat(await shownError(page).innerText());
const small = '?layers=50,50';
/** Not learnt within some seconds. */
const longer = '?layers=500,500&engine=relaxed';

/** Whether the browser holds a run of the page's that was judged by so many where it stands. */
const isKept = (page: Page, tested: number) =>
  page.evaluate(async (tested) => {
    const [{ name }] = (await indexedDB.databases()) as [{ name: string }];
    const opened = indexedDB.open(name);
    await new Promise((resolve) => (opened.onsuccess = resolve));
    const runs = opened.result.transaction('runs').objectStore('runs').getAll();
    await new Promise((resolve) => (runs.onsuccess = resolve));
    opened.result.close();
    return (runs.result as RunRecord[]).some(({ results, progress }) => {
      const last = results.at(-1);
      return last?.tested === tested && last.images === progress.report?.images;
    });
  }, tested);

async function learnt(page: Page): Promise<void> {
  await button(page, 'Train').click();
  await expect.poll(below(page)).toBeLessThan(40);
  await button(page, 'Pause').click();
  await page.getByText(/validation error on 10,000/).waitFor();
}

describe('a run', () => {
  test('keeps its name when another preset is chosen, and both can be had', async () => {
    const page = await openPage(site, { query: small });
    await learnt(page);
    await page.getByRole('radio', { name: /^Backprop/ }).first().check();
    expect(await title(page)).toBe('Supervised, layers 50, 50');
    await page.getByText('What to watch. Goodness of real pairs').waitFor();
    await button(page, 'Go on with Supervised, layers 50, 50').waitFor();
    await button(page, 'Train as new run: Backprop').click();
    await expect.poll(() => title(page)).toBe('Backprop');
    await button(page, 'Pause').click();
    const shelf = page.locator('.shelf');
    await shelf.getByText('Supervised, layers 50, 50').waitFor();
    await shelf.getByText('Backprop', { exact: true }).first().waitFor();
    await page.context().close();
  });

  test('is there again, with its curve, when the page is loaded once more, and goes on', async () => {
    const page = await openPage(site, { query: small });
    await learnt(page);
    await expect.poll(() => isKept(page, 10_000)).toBe(true);
    await button(page, 'Judge on the test set').waitFor();
    const stands = await page.getByText(/^Paused after/).innerText();
    const error = await shownError(page).innerText();
    await page.reload();
    await expect.poll(() => page.getByText(/^Paused after/).innerText()).toBe(stands);
    expect(await shownError(page).innerText()).toBe(error);
    await page.getByRole('img', { name: /^Line chart.*Now \d/ }).waitFor();
    await draw(page, plain(3));
    await page.getByRole('img', { name: /^Goodness of each label/ }).waitFor();
    await button(page, 'Train').click();
    await page.getByText(/left/).first().waitFor();
    await page.context().close();
  });

  test('can be had back after Reset', async () => {
    const page = await openPage(site, { query: small });
    await learnt(page);
    await button(page, 'Reset').click();
    await page.getByText(/^A fresh net\./).waitFor();
    await page.locator('.notices').getByRole('button', { name: 'Undo' }).click();
    await page.getByText(/^Paused after/).waitFor();
    expect(await below(page)()).toBeLessThan(40);
    await page.context().close();
  });

  test('that was reset does not come back by itself', async () => {
    const page = await openPage(site, { query: small });
    await learnt(page);
    await button(page, 'Reset').click();
    await page.getByText(/^A fresh net\./).waitFor();
    await page.reload();
    await page.locator('.shelf li').first().waitFor();
    await button(page, 'Train').click();
    await page.getByText(/ left/).first().waitFor();
    await page.context().close();
  });

  test('that is under way when its tab dies loses ten seconds at most', async () => {
    const context = await site.browser.newContext();
    const page = await context.newPage();
    await page.goto(site.address + longer, { waitUntil: 'commit' });
    await button(page, 'Train').and(page.locator(':enabled')).click();
    await expect.poll(() => page.locator('.shelf li').count()).toBeGreaterThan(0);
    const seconds = async (): Promise<number> => {
      const [minutes, rest] = (await page.locator('.stats b').nth(2).innerText()).split(':');
      return 60 * Number(minutes) + Number(rest);
    };
    await expect.poll(seconds).toBeGreaterThan(10);
    const before = await seconds();
    const devtools = await context.newCDPSession(page);
    void devtools.send('Page.crash').catch(() => undefined);
    await page.waitForEvent('crash');
    const next = await context.newPage();
    await next.goto(site.address + longer, { waitUntil: 'commit' });
    await button(next, 'Take it up').click();
    await next.getByText(/^Paused after/).waitFor();
    const [minutes, rest] = (await next.locator('.stats b').nth(2).innerText()).split(':');
    expect(60 * Number(minutes) + Number(rest)).toBeGreaterThanOrEqual(before - 10);
    await context.close();
  });

  test('whose layer dies says so and offers the way back', async () => {
    const page = await openPage(site, { query: `${small}&learning_rate=10` });
    await button(page, 'Train').click();
    const alert = page.getByRole('alert');
    await alert.getByText(/^Training stopped: Layer 1 is silent/).waitFor();
    await alert.getByRole('button', { name: 'Go back to 0.001 and start again' }).click();
    await expect.poll(below(page)).toBeLessThan(40);
    await page.context().close();
  });
});

describe('where the browser keeps nothing', () => {
  test('that is said once, and a run goes on', async () => {
    const page = await openPage(site, { query: small });
    await page.context().addInitScript(() => {
      Object.defineProperty(globalThis, 'indexedDB', { get: () => undefined });
    });
    await page.route('**/worker-*.js', async (route) => {
      const response = await route.fetch();
      const body = `Object.defineProperty(self, 'indexedDB', { get: () => undefined });${await response.text()}`;
      await route.fulfill({ response, body });
    });
    await page.reload();
    await learnt(page);
    expect(await page.getByText(/This browser keeps no runs/).count()).toBe(1);
    await page.context().close();
  });
});

describe('Compare', () => {
  /** Where that comes late, in front of the comparison. */
  async function openLate(files: string): Promise<Page> {
    const context = await site.browser.newContext(asTested);
    await context.route(files, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.continue();
    });
    const page = await context.newPage();
    await page.goto(`${site.address}#compare`);
    return page;
  }

  test('shows a finished comparison at once, fair, with what each layer brings', async () => {
    const page = await openPage(site);
    await page.getByRole('link', { name: 'Compare' }).first().click();
    await page.getByText('They differ in collaboration only').waitFor();
    await page.getByRole('img', { name: /A: \d.* B: \d/ }).waitFor();
    await page.getByRole('rowheader', { name: 'B: brings' }).waitFor();
    await page.getByRole('rowheader', { name: '7', exact: true }).first().waitFor();
    await button(page, 'Backprop as B').click();
    await page.getByText('Not a fair comparison:').waitFor();
    await page.context().close();
  });

  test('has its nets when looked at before the engine is there, and when that starts again', async () => {
    const page = await openLate('**/*.wasm');
    const saidByBoth = page.getByRole('table', { name: /^Goodness of each label/ });
    await saidByBoth.waitFor();
    const engine = page.workers().find((worker) => worker.url().includes('/worker-'))!;
    await engine.evaluate(() => void setTimeout(() => { throw new Error('killed'); }));
    const again = button(page, 'Start it again');
    await again.waitFor();
    await saidByBoth.waitFor({ state: 'detached' });
    await again.click();
    await saidByBoth.waitFor();
    await page.context().close();
  });

  test('lets both learn at once, each at about half of the speed', async () => {
    const page = await openPage(site);
    await page.getByRole('link', { name: 'Compare' }).first().click();
    await page.getByText('They differ in collaboration only').waitFor();
    await button(page, 'Train both').click();
    await page.getByRole('img', { name: /A: \d.* after [\d,]+ images. B: \d/ }).waitFor();
    await button(page, 'Pause both').click();
    await button(page, 'Train both').waitFor();
    await page.context().close();
  });

  test('gives figures, a picture and commands to take away', async () => {
    const page = await openPage(site);
    await page.getByRole('link', { name: 'Compare' }).first().click();
    for (const [name, file] of [['CSV', 'comparison.csv'], ['PNG', 'comparison.png']] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        button(page, name).click(),
      ]);
      expect(download.suggestedFilename()).toBe(file);
    }
    await button(page, 'The same on the command line').click();
    expect(await page.locator('.commands').innerText()).toMatch(
      /^npm run ff -- train --preset alone --layers 200,200,200 .*\n.*--preset collaboration/,
    );
    await page.context().close();
  });

  test('shows the test images that only one of two reads, asked before it has the nets', async () => {
    const page = await openLate('**/models/*.safetensors');
    await button(page, 'Let both read the test images').click();
    await page.getByText(/^Only B reads [\d,]+ of them\./).waitFor();
    await page.locator('#compare .gallery button').first().click();
    await page.getByText(/^Test image \d+/).waitFor();
    await page.context().close();
  });
});
