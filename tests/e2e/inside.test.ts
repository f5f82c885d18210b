/** Looking inside the pre-trained net, on real test images. In this order. */
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { draw, plain, prediction } from './handwriting';
import { isolating, openPage, openSite, type Site } from './site';

let site: Site;
let page: Page;

beforeAll(async () => {
  site = await openSite({ headers: isolating });
  page = await openPage(site, { reducedMotion: 'no-preference' });
  await draw(page, plain(3));
  await prediction(page);
  await inside().scrollIntoViewIfNeeded();
  await title().getByText('row 3').waitFor();
});
afterAll(() => site.close());

const inside = () => page.locator('#inside');
const title = () => inside().getByRole('heading', { level: 2 });
const button = (name: string | RegExp) => inside().getByRole('button', { name });
const units = () => inside().getByRole('listbox');
const card = () => inside().locator('.unit');
/** The card of an instrument, by its heading. */
const instrument = (heading: string | RegExp) =>
  inside().locator('.instrument').filter({ has: page.getByRole('heading', { name: heading }) });

describe('an opened row', () => {
  test('is that of the answer, with what each layer says for it and its rival', async () => {
    expect(await title().innerText()).toBe('Inside: row 3, layer 1');
    const [own, rival] = /([\d.]+) against ([\d.]+)/
      .exec(await button('Layer 1').innerText())!
      .slice(1)
      .map(Number) as [number, number];
    expect(own).toBeGreaterThan(0);
    expect(rival).toBeGreaterThan(0);
  });

  test('is another row when one is chosen, and the answer’s again after Escape', async () => {
    await inside().getByRole('combobox', { name: /^Row/ }).selectOption('8');
    await title().getByText('row 8').waitFor();
    await inside().getByRole('combobox', { name: /^Row/ }).press('Escape');
    await title().getByText('row 3').waitFor();
  });

  test('has a square for every unit, told one by one by keys, and they add up', async () => {
    const option = units().getByRole('option');
    const count = Number(await option.getAttribute('aria-setsize'));
    expect(count).toBeGreaterThan(20);
    await units().press('Home');
    await units().locator('[aria-selected=true][aria-posinset="1"]').waitFor({ state: 'attached' });
    const told = await units().evaluate(async (list, all) => {
      const labels: string[] = [];
      const option = list.querySelector('[role=option]')!;
      for (let place = 1; place <= all; ++place) {
        while (option.getAttribute('aria-posinset') !== String(place))
          await new Promise((resolve) => setTimeout(resolve));
        labels.push(option.ariaLabel!);
        list.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
      }
      return labels;
    }, count);
    const shares = told.map((label) => Number.parseFloat(/: (-?[\d.]+)/.exec(label)![1]!));
    const sum = shares.reduce((all, share) => all + share);
    // Each is told to a tenth of a percent.
    expect(Math.abs(sum - 100)).toBeLessThan(count * 0.05);
    await page.keyboard.press('Escape');
  });
});

describe('a unit', () => {
  test('is opened by a press on its square, and none by one where there is none', async () => {
    const squares = units().locator('canvas');
    const option = units().getByRole('option');
    const count = Number(await option.getAttribute('aria-setsize'));
    const { width, height } = (await squares.boundingBox())!;
    await squares.click({ position: { x: 3, y: 3 } });
    await units().locator('[aria-selected=true][aria-posinset="1"]').waitFor({ state: 'attached' });
    const across = Math.ceil(Math.sqrt(1.25 * count));
    const last = { x: (((count - 1) % across) + 0.5) * (width / across), y: height - 3 };
    await squares.click({ position: last });
    const opened = units().locator(`[aria-selected=true][aria-posinset="${count}"]`);
    await opened.waitFor({ state: 'attached' });
    if (count % across > 0) await squares.click({ position: { x: width - 3, y: height - 3 } });
    expect(await opened.count()).toBe(1);
    await units().press('Escape');
  });

  test('is opened by keys, gone on from, and closed by Escape', async () => {
    await units().focus();
    await page.keyboard.press('ArrowRight');
    const heading = card().getByRole('heading', { name: /^Unit \d+/ });
    const first = await heading.innerText();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => heading.innerText()).not.toBe(first);
    expect(await units().getAttribute('aria-activedescendant')).toMatch(/^unit-\d+$/);
    await page.keyboard.press('Escape');
    await card().getByText('Press a square').waitFor();
  });

  test('shows what it looks for, and after fetching the nine images that light it most', async () => {
    await card().getByRole('button', { name: /^Unit/ }).first().click();
    await card().getByRole('img', { name: /^What unit \d+ looks for/ }).waitFor();
    await card().getByRole('button', { name: /^Look at test images \(fetches 1\.\d MB\)$/ }).click();
    await card().getByText(/^Of 2,500 test images, these light it most\.$/).waitFor();
    const images = card().getByRole('button', { name: /put it on the pad$/ });
    expect(await images.count()).toBe(9);
    await card().getByText(/^Speaks for /).waitFor();
    const [, label, index] = /^(\d), test image (\d+):/.exec(
      (await images.first().getAttribute('aria-label'))!,
    )!;
    await images.first().click();
    await page.getByText(`Test image ${index}, labelled ${label}.`).waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await draw(page, plain(3));
    await prediction(page);
    await title().getByText('row 3').waitFor();
  });
});

test('the pixel map tries a pixel, by pointer and by keys', async () => {
  const map = instrument(/^What each pixel says for 3 against \d$/);
  const picture = map.getByRole('application');
  await picture.click({ position: { x: 40, y: 60 } });
  const said = map.getByText(/^Row \d+, column \d+, \d+\s% ink\. Without ink there \d leads \d by/);
  const first = await said.innerText();
  await picture.press('ArrowDown');
  const row = (text: string): number => Number(/^Row (\d+)/.exec(text)![1]);
  await expect.poll(async () => row(await said.innerText())).toBe(row(first) + 1);
  await picture.press('Escape');
  await map.getByText(/^Press a pixel/).waitFor();
});

test('a dream grows in sixty steps, is read by every layer, and goes onto the pad', async () => {
  const dream = instrument('What would layer 1 find real as a 3?');
  await dream.getByRole('button', { name: 'Let it grow' }).click();
  const said = dream.getByText(/^Goodness [\d.]+ as a 3; your picture has [\d.]+\./);
  await said.waitFor();
  const [dreamt, drawn] = (await said.innerText()).match(/\d+\.\d+/g)!.map(Number) as [number, number];
  expect(dreamt).toBeGreaterThan(1.5 * drawn);
  expect(await said.innerText()).toMatch(/Layer 1 reads \d in it\..*reads \d in it\.$/);
  await dream.getByRole('button', { name: 'Put it on the pad' }).click();
  expect(await prediction(page)).toMatch(/\d/);
  expect(await page.getByText(/^Test image/).count()).toBe(0);
  await page.getByRole('button', { name: 'Clear' }).click();
  await draw(page, plain(3));
  await prediction(page);
});

test('a net breaks on noise and lost units, its own self stays whole', async () => {
  const broken = instrument('Break it');
  const error = async (which: string): Promise<number> =>
    Number.parseFloat(await broken.locator(`.error-bar.${which} b`).innerText());
  const rested = () => broken.locator('.errors[aria-busy="false"]').waitFor();
  await rested();
  const whole = await error('whole');
  expect(whole).toBeLessThan(4);
  expect(await error('broken')).toBe(whole);
  for (const [name, much] of [
    ['Noise on the picture', '0.5'],
    ['Units off', '0.95'],
  ] as const) {
    await broken.getByLabel(name).fill(much);
    await rested();
    expect(await error('broken')).toBeGreaterThan(whole + 5);
    await broken.getByLabel(name).fill('0');
    await rested();
    expect(await error('broken')).toBe(whole);
  }
  await broken.getByText(/^Your picture is still read as 3\.$/).waitFor();
});

test('the map has a thousand images, and the drawing with those nearest to it', async () => {
  const map = instrument(/^A map by layer \d$/);
  const said = map.getByText(/^The ring is your picture\. Nearest to it in all of layer \d: /);
  await said.waitFor();
  expect(await said.innerText()).toMatch(/: (\d, ){3}\d and \d\.$/);
  const plane = map.getByRole('application');
  await plane.press('ArrowLeft');
  await plane.press('ArrowLeft');
  await expect.poll(() => plane.getAttribute('aria-label')).toMatch(/: a \d, Enter puts it on the pad$/);
  await plane.press('Enter');
  await page.getByText(/^Test image \d+, labelled \d\.$/).waitFor();
});

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

test('axe finds nothing inside, in light, in dark and in forced colours', async () => {
  await page.addScriptTag({ path: axePath });
  const forced = { colorScheme: 'light', forcedColors: 'active' } as const;
  for (const media of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, forced] as const) {
    await page.emulateMedia(media);
    await page.waitForTimeout(200);
    // In dark only colours may change; forced ones are the system's to answer for.
    const given = {
      ...(media.colorScheme === 'dark' && { runOnly: ['color-contrast'] }),
      rules: { 'color-contrast': { enabled: media !== forced } },
    };
    const { violations } = await page.evaluate(
      (options) => (window as unknown as { axe: typeof axe }).axe.run('#inside', options),
      given,
    );
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`);
    expect(found, JSON.stringify(media)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
});

test('nothing inside scrolls sideways', async () => {
  for (const width of [320, 390, 768, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const needed = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(needed, `at ${width} pixels`).toBeLessThanOrEqual(width);
  }
});

test('a net without goodness is opened as well, without anything to compare', async () => {
  const other = await openPage(site, { query: '?preset=backprop&layers=40,30' });
  await other.getByRole('button', { name: 'Step', exact: true }).click();
  await other.getByText(/^Paused after/).waitFor();
  await draw(other, plain(3));
  await prediction(other);
  const section = other.locator('#inside');
  await section.scrollIntoViewIfNeeded();
  await section.getByRole('option', { name: /^Unit \d+: / }).waitFor();
  const compared = section.getByRole('heading', { name: /^What each pixel/ });
  await expect.poll(() => compared.count()).toBe(0);
  expect(await section.innerText()).not.toMatch(/NaN|undefined|Infinity|against/);
  await other.context().close();
});
