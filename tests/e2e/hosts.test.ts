/** The page runs from any static host, and where it cannot it says why. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type FrameLocator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digitIn, draw, plain, prediction } from './handwriting';
import { startNginx, type Host } from './nginx';
import { patience } from './patience';
import {
  built,
  flags,
  launchChromium,
  openPage,
  openSite,
  pretrainedThere,
  shownError,
  withServiceWorker,
} from './site';

const alert = (page: Page) => page.getByRole('alert');

/** On a first visit the page loads once more: not before its engine starts does it stay. */
async function readsDrawing(page: Page): Promise<void> {
  await pretrainedThere(page);
  await draw(page, plain(3));
  await expect.poll(async () => digitIn(await prediction(page))).toBe(3);
}

/** Whether the net gets better than guessing. */
async function learns(page: Page | FrameLocator): Promise<void> {
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const error = shownError(page);
  const shown = async (): Promise<number> => Number.parseFloat(await error.innerText());
  await expect.poll(shown).toBeLessThan(50);
}

describe('nginx with its own types, under a sub-path, with a policy against unsafe-eval', () => {
  let host: Host;
  const profile = mkdtempSync(join(tmpdir(), 'ff-profile-'));

  beforeAll(async () => {
    host = await startNginx();
  });
  afterAll(async () => {
    await host.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  test('the page reads a drawing and trains, and breaks no rule', async () => {
    const browser = await launchChromium();
    const faults: string[] = [];
    const context = await browser.newContext(withServiceWorker);
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(host.address, { waitUntil: 'commit' });
    await readsDrawing(page);
    await learns(page);
    expect(await alert(page).innerText()).toBe('');
    expect(faults).toEqual([]);
    await browser.close();
  });

  test('in a frame of another site, all storage blocked, it does so too', async () => {
    mkdirSync(join(profile, 'Default'));
    const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
    writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(blocked));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: '/usr/bin/chromium',
      args: flags,
      viewport: { width: 1280, height: 900 },
    });
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    await page.goto(host.framed);
    const frame = page.frameLocator('iframe');
    const pad = frame.getByLabel('Draw a digit');
    await pad.waitFor();
    expect(
      await pad.evaluate(() => {
        try {
          return localStorage.length;
        } catch (error) {
          return (error as Error).name;
        }
      }),
    ).toBe('SecurityError');
    await frame.getByRole('button', { name: 'Train' }).and(frame.locator(':enabled')).waitFor();
    const box = (await pad.boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height * 0.15];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y + box.height * 0.7, { steps: 10 });
    await page.mouse.up();
    const read = frame.getByLabel('Prediction');
    await expect.poll(async () => digitIn(await read.innerText())).toBe(1);
    await frame.getByRole('button', { name: 'Dark', exact: true }).click();
    await frame.getByRole('button', { name: 'Light', exact: true }).waitFor();
    await learns(frame);
    expect(await frame.getByRole('alert').innerText()).toBe('');
    await context.close();
  });
});

test('a host that does not know WebAssembly is good enough', async () => {
  const site = await openSite({ sentAs: { '.wasm': 'text/plain' } });
  const page = await openPage(site, withServiceWorker);
  await readsDrawing(page);
  expect(await alert(page).innerText()).toBe('');
  await site.close();
});

describe('what cannot run says why in a sentence:', () => {
  const notice = (page: Page) => alert(page).locator('.notice p').innerText();

  async function openBroken(serving: Parameters<typeof openSite>[0], script = ''): Promise<Page> {
    const { browser, address } = await openSite(serving);
    const context = await browser.newContext({ serviceWorkers: 'block' });
    if (script) {
      await context.route('**/worker-*.js', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: script + (await response.text()) });
      });
    }
    const page = await context.newPage();
    await page.goto(address);
    await alert(page).locator('.notice').waitFor();
    return page;
  }
  const close = (page: Page) => page.context().browser()!.close();

  test('a page from before a newer version, which loading it again mends', async () => {
    let deployed = true;
    const site = await openSite({ refuses: ({ url }) => deployed && url!.includes('/engine-') });
    const context = await site.browser.newContext(withServiceWorker);
    const page = await context.newPage();
    await page.goto(site.address, { waitUntil: 'commit' });
    await alert(page).locator('.notice').waitFor();
    expect(await notice(page)).toMatch(/^The engine stopped: ff-[a-z-]+\.js is not on the server/);
    deployed = false;
    await alert(page).getByRole('button', { name: 'Load the page again' }).click();
    await readsDrawing(page);
    expect(await alert(page).innerText()).toBe('');
    await site.close();
  });

  test.each([
    ['no .wasm', /\.wasm$/, /^The engine stopped: ff-relaxed\.wasm is not on the server/],
    ['no Worker', /\/worker-/, /^The engine stopped: worker-\S+\.js is not on the server/],
  ])('%s', async (_, path, sentence) => {
    const page = await openBroken({ refuses: ({ url }) => path.test(url!) });
    expect(await notice(page)).toMatch(sentence);
    await alert(page).getByRole('button', { name: 'Load the page again' }).waitFor();
    await close(page);
  });

  const withoutSimd = `
    WebAssembly.validate = () => false;
    for (const way of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming'])
      WebAssembly[way] = () => Promise.reject(new WebAssembly.CompileError('no SIMD'));`;

  test.each([
    ['WebAssembly forbidden', "script-src 'self'", '', /Content-Security-Policy/],
    ['no WebAssembly', '', 'delete self.WebAssembly;', /Chrome and Edge .*97/],
    ['no SIMD', '', withoutSimd, /Chrome and Edge .*97/],
  ])('%s, and offers nothing that cannot help', async (_, policy, script, sentence) => {
    const page = await openBroken({ headers: { 'content-security-policy': policy } }, script);
    expect(await notice(page)).toMatch(sentence);
    expect(await alert(page).getByRole('button').count()).toBe(1); // that which dismisses
    await close(page);
  });

  test('a page that is opened as a file', async () => {
    const browser = await launchChromium();
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(built, 'index.html')).href);
    expect(await page.locator('body').innerText()).toMatch(/Opened as a file it cannot/);
    await browser.close();
  });
});

test('the text of a page that does not start is never seen where it does', async () => {
  const site = await openSite();
  const page = await site.browser.newPage();
  await page.goto(site.address, { waitUntil: 'commit' });
  const text = page.getByText('This page has not started');
  await expect.poll(() => text.count()).toBe(0);
  await page.getByRole('heading', { name: 'Forward-Forward', exact: true }).waitFor();
  await site.close();
});

test('the server of npm start says nothing of its own', async () => {
  const program = `
    import { preview } from 'vite';
    await preview({ root: 'web', logLevel: 'warn', preview: { port: 0, host: '127.0.0.1' } });
    process.exit();`;
  const node = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: join(built, '..', '..'),
  });
  let said = '';
  for (const stream of [node.stdout, node.stderr]) {
    stream.on('data', (text: Buffer) => (said += text.toString()));
  }
  const [status] = (await once(node, 'close')) as [number];
  expect(said).toBe('');
  expect(status).toBe(0);
});
