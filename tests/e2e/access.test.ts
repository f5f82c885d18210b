import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { draw, plain, prediction } from './handwriting';
import { isolating, openPage, openSite, type Site } from './site';

let site: Site;

beforeAll(async () => {
  site = await openSite({ headers: isolating });
});
afterAll(() => site.close());

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds serious or critical, in words; in other colours only what those may change. */
async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const [colorScheme, forcedColors] of [
    ['light', 'none'],
    ['dark', 'none'],
    ['dark', 'active'],
  ] as const) {
    await page.emulateMedia({ colorScheme, forcedColors });
    const options = colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {};
    const { violations } = await page.evaluate(
      (given) => (window as unknown as { axe: typeof axe }).axe.run(given),
      options,
    );
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    for (const { id, nodes } of serious) {
      found.push(`${id} in ${colorScheme}, forced ${forcedColors}: ${nodes.map(({ html }) => html).join(' ')}`);
    }
  }
  return found;
}

test.each([
  ['on a desk', { width: 1280, height: 900 }],
  ['on a phone', { width: 390, height: 844 }],
])('axe finds nothing serious %s', async (_, viewport) => {
  const page = await openPage(site, { viewport });
  await page.addScriptTag({ path: axePath });
  expect(await violations(page)).toEqual([]);
  await draw(page, plain(3));
  await prediction(page);
  await page.getByText(/^All \d+ settings$/).click();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByText('What it takes for what').waitFor();
  await page.getByLabel('Model file').setInputFiles({
    name: 'no-model.safetensors',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('nothing'),
  });
  await page
    .getByRole('alert')
    .getByText(/no-model/)
    .waitFor();
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test('nothing scrolls sideways at any width', async () => {
  const page = await openPage(site, { viewport: { width: 320, height: 800 } });
  await draw(page, plain(8));
  await page.getByText(/^All \d+ settings$/).click();
  for (const width of [320, 390, 768, 1024, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const needed = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(needed, `at ${width} pixels`).toBeLessThanOrEqual(width);
  }
  await page.context().close();
});

test('everything can be reached with the Tab key, the pad first of the tools', async () => {
  const page = await openPage(site);
  const reached: string[] = [];
  for (let press = 0; press < 60; ++press) {
    await page.keyboard.press('Tab');
    reached.push(
      await page.evaluate(() => {
        const { activeElement: element } = document;
        const name = element?.getAttribute('aria-label') ?? element?.textContent ?? '';
        const labels = element instanceof HTMLInputElement ? element.labels : null;
        return labels?.[0]?.textContent ?? name;
      }),
    );
  }
  const wanted = [
    'Draw a digit',
    'Clear',
    'Eraser',
    'Test digit',
    'Train',
    'Step',
    'Reset',
  ];
  const places = wanted.map((name) => reached.findIndex((text) => text.startsWith(name)));
  expect(places, reached.join(' > ')).not.toContain(-1);
  await page.context().close();
});

test('Train is pressed, paused and reset by keyboard alone', async () => {
  const page = await openPage(site, { reducedMotion: 'no-preference' });
  await page.getByRole('button', { name: 'Train', exact: true }).press('Enter');
  const pause = page.getByRole('button', { name: 'Pause', exact: true });
  await pause.waitFor();
  await page.waitForTimeout(300);
  // What had the focus has it still.
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Pause');
  await page.keyboard.press('Space');
  await page.getByText(/^Paused after/).waitFor();
  await page.getByRole('button', { name: 'Reset', exact: true }).press('Enter');
  await page.getByText(/^A fresh net\./).waitFor();
  await page.context().close();
});

test('where less motion is wanted, nothing moves by itself', async () => {
  const page = await openPage(site);
  await draw(page, plain(2));
  await prediction(page);
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((element) => {
        const { transitionDuration, animationName } = getComputedStyle(element);
        return transitionDuration !== '0s' || animationName !== 'none';
      }).length,
  );
  expect(moving).toBe(0);
  await page.context().close();
});
