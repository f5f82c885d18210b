import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { digitIn, draw, plain, prediction } from './handwriting';
import { asTested, built, isolating, openPage, openSite, type Site } from './site';

let site: Site;

beforeAll(async () => {
  site = await openSite({ headers: isolating });
});
afterAll(() => site.close());

const alert = (page: Page) => page.getByRole('alert');

/** Opens the page while what the pattern names cannot be fetched. */
async function openWithout(pattern: string): Promise<Page> {
  const context = await site.browser.newContext(asTested);
  const page = await context.newPage();
  // Of the context, because a service worker fetches for the page too.
  await context.route(pattern, (route) => route.abort());
  await page.goto(site.address, { waitUntil: 'commit' });
  return page;
}

describe('when something cannot be fetched, the page says so and goes on once it can:', () => {
  test.each([
    ['the engine', '**/*.wasm', /^The engine stopped: /, 'Start it again'],
    ['its Worker', '**/worker-*.js', /^The engine stopped: /, 'Start it again'],
    ['the model', '**/pretrained.safetensors*', /^pretrained.safetensors could not/, 'Try again'],
  ])('%s', async (_, pattern, sentence, again) => {
    const page = await openWithout(pattern);
    await alert(page).getByText(sentence).waitFor();
    await draw(page, plain(2));
    expect(digitIn(await prediction(page))).toBeNull();
    await page.context().unroute(pattern);
    await alert(page).getByRole('button', { name: again }).click();
    await expect.poll(async () => digitIn(await prediction(page))).toBe(2);
    expect(await alert(page).innerText()).toBe('');
    await page.context().close();
  });

  test('the images', async () => {
    const page = await openPage(site);
    await page.route('**/data/**', (route) => route.abort());
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await alert(page)
      .getByText(/could not be fetched: is this machine online\?$/)
      .waitFor();
    await page.unroute('**/data/**');
    await alert(page).getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await page.context().close();
  });
});

describe('a pre-trained net that is something else is refused, and the page does not wait for it:', () => {
  test.each([
    ['HTML', Buffer.from('<!DOCTYPE html><html><body>404</body></html>')],
    ['a pointer to large storage', Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:4d7\nsize 1364\n')],
    ['gzip of something else', gzipSync('no net')],
    ['nothing', Buffer.alloc(0)],
  ])('%s', async (_, body) => {
    const context = await site.browser.newContext(asTested);
    await context.route('**/models/*', (route) => route.fulfill({ body }));
    const page = await context.newPage();
    await page.goto(site.address, { waitUntil: 'commit' });
    const sentence = alert(page).locator('.notice p');
    await sentence.waitFor();
    expect(await sentence.innerText()).toMatch(/^[^:]+: .*\.$/);
    expect(await sentence.innerText()).not.toMatch(/\d{8}|std::|JSON/);
    await draw(page, plain(2));
    expect(await prediction(page)).toBe('The pre-trained net could not be loaded.');
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect.poll(async () => digitIn(await prediction(page))).not.toBeNull();
    await context.unroute('**/models/*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Pre-trained net').click();
    await expect.poll(async () => digitIn(await prediction(page))).toBe(2);
    await context.close();
  });
});

test('a net that memory cannot hold is refused, with the sizes', async () => {
  const page = await openPage(site, { query: `?layers=${Array(10).fill(8192).join(',')}` });
  await alert(page)
    .getByText(/^layers: .* at least \d{4} MB of memory and there are 2147 MB/)
    .waitFor();
  await draw(page, plain(2));
  expect(digitIn(await prediction(page))).toBe(2);
  await page.context().close();
});

test('fetching the images shows how far it is, and can be given up', async () => {
  const page = await openPage(site);
  site.slowDown(true);
  try {
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByText(/Fetching the images: [\d.]+.[kM]B of [\d.]+.MB/).waitFor();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByText(/^A fresh net\./).waitFor();
    expect(await alert(page).innerText()).toBe('');
    expect(await page.getByRole('button', { name: 'Train', exact: true }).isEnabled()).toBe(true);
  } finally {
    site.slowDown(false);
  }
  await page.context().close();
});

test('a model file that is dropped on the page reads the drawing, another is refused', async () => {
  const page = await openPage(site);
  const dropFile = (name: string, address: string | null) =>
    page.evaluate(
      async ([fileName, source]) => {
        const bytes = source ? await (await fetch(source)).arrayBuffer() : new ArrayBuffer(3);
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([bytes], fileName!));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
      },
      [name, address],
    );
  await draw(page, plain(0));
  await dropFile('mine.safetensors', 'models/pretrained.safetensors');
  await page.getByText('mine.safetensors now reads your drawing.').waitFor();
  expect(digitIn(await prediction(page))).toBe(0);
  await dropFile('broken.safetensors', null);
  await alert(page)
    .getByText(/^broken.safetensors: /)
    .waitFor();
  expect(await page.getByRole('radio', { name: /^mine.safetensors/ }).isChecked()).toBe(true);
  expect(digitIn(await prediction(page))).toBe(0);
  await page.context().close();
});

test('an engine that is started again has no model file, and the pre-trained net reads', async () => {
  const page = await openPage(site);
  await page.getByLabel('Model file').setInputFiles(join(built, 'models/pretrained.safetensors'));
  const file = page.getByRole('radio', { name: /^pretrained\.safetensors/ });
  await file.waitFor();
  const engine = page.workers().find((worker) => worker.url().includes('/worker-'))!;
  await engine.evaluate(() => void setTimeout(() => { throw new Error('killed'); }));
  await page.getByRole('button', { name: 'Start it again' }).click();
  await file.waitFor({ state: 'detached' });
  await draw(page, plain(4));
  expect(digitIn(await prediction(page))).toBe(4);
  expect(await page.getByRole('radio', { name: /^Pre-trained net/ }).isChecked()).toBe(true);
  await page.context().close();
});
