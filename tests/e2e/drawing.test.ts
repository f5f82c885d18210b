import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { digitIn, draw, plain, prediction, samples } from './handwriting';
import { isolating, openPage, openSite, type Site } from './site';

let site: Site;
let page: Page;

beforeAll(async () => {
  site = await openSite({ headers: isolating });
  page = await openPage(site);
});
afterAll(() => site.close());
beforeEach(() => clear());

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const clear = () => press('Clear');

describe('the pre-trained net', () => {
  test('reads at least nine of ten drawn digits, however and wherever they are drawn', async () => {
    const all = samples();
    expect(all.length).toBeGreaterThanOrEqual(50);
    const misread: string[] = [];
    for (const sample of all) {
      await clear();
      await draw(page, sample);
      const read = digitIn(await prediction(page));
      if (read !== sample.digit) {
        misread.push(`${sample.digit}, ${sample.placement.name}: read as ${read}`);
      }
    }
    console.log(`${all.length - misread.length} of ${all.length} read rightly.`, misread);
    expect(misread.length).toBeLessThanOrEqual(all.length / 10);
  });

  test('reads test digits as they are', async () => {
    const words = page.getByText(/^Test image \d+, labelled \d/);
    let [right, before] = [0, ''];
    for (let digit = 0; digit < 20; ++digit) {
      await press('Test digit');
      await expect.poll(() => words.innerText()).not.toBe(before);
      before = await words.innerText();
      const read = digitIn(await prediction(page));
      right += Number(read === Number(/labelled (\d)/.exec(before)![1]));
    }
    expect(right).toBeGreaterThanOrEqual(17);
  });
});

describe('a blank pad', () => {
  test('predicts nothing, and says so', async () => {
    expect(await prediction(page)).toBe('Nothing drawn yet.');
  });

  test('is what is left when all is undone, cleared or erased', async () => {
    await draw(page, plain(1));
    expect(digitIn(await prediction(page))).not.toBeNull();
    await press('Undo');
    expect(await prediction(page)).toBe('Nothing drawn yet.');

    await draw(page, plain(1));
    await clear();
    expect(await prediction(page)).toBe('Nothing drawn yet.');
    await press('Undo');
    expect(digitIn(await prediction(page))).toBe(1);

    await press('Eraser');
    await draw(page, plain(1));
    expect(digitIn(await prediction(page))).toBeNull();
  });
});

test('the answer moves while one draws', async () => {
  const [stroke] = plain(3).strokes;
  const box = (await page.getByLabel('Draw a digit').boundingBox())!;
  const seen = new Set<string>();
  await page.mouse.move(box.x + 100, box.y + 60);
  await page.mouse.down();
  for (const { x, y } of stroke!) {
    await page.mouse.move(
      box.x + (0.15 + x * 0.7) * box.width,
      box.y + (0.15 + y * 0.7) * box.height,
    );
    await page.waitForTimeout(20);
    seen.add(
      (await page
        .getByRole('img', { name: /^Goodness of each label/ })
        .getAttribute('aria-label'))!,
    );
  }
  await page.mouse.up();
  expect(seen.size).toBeGreaterThan(5);
});

test('a stroke that leaves the pad comes back', async () => {
  const box = (await page.getByLabel('Draw a digit').boundingBox())!;
  const goodness = page.getByRole('img', { name: /^Goodness of each label/ });
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width + 200, box.y + 100, { steps: 5 });
  await prediction(page);
  const outside = await goodness.getAttribute('aria-label');
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.9, { steps: 5 });
  await page.mouse.up();
  await prediction(page);
  expect(await goodness.getAttribute('aria-label')).not.toBe(outside);
});

/** All that is drawn, as the pad shows it. */
const shown = () =>
  page.getByLabel('Draw a digit').evaluate((pad) => (pad as HTMLCanvasElement).toDataURL());

test.each([
  ['Control+z', () => page.keyboard.press('Control+z')],
  ['Delete', () => page.keyboard.press('Delete')],
  ['Undo', () => page.getByRole('button', { name: 'Undo' }).dispatchEvent('click')],
])('%s in the middle of a stroke ends it, and what was there before stays', async (name, end) => {
  const empty = await shown();
  await draw(page, plain(1));
  const before = await shown();
  const box = (await page.getByLabel('Draw a digit').boundingBox())!;
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 90, box.y + 120, { steps: 4 });
  await end();
  await page.mouse.move(box.x + 200, box.y + 60, { steps: 4 });
  const after = name === 'Delete' ? empty : before;
  await expect.poll(shown).toBe(after);
  await page.mouse.up();
  await page.mouse.move(box.x + 250, box.y + 250);
  await expect.poll(shown).toBe(after);
});

test('Caps Lock changes nothing about the keys', async () => {
  const empty = await shown();
  await draw(page, plain(1));
  await page
    .getByLabel('Draw a digit')
    .dispatchEvent('keydown', { key: 'Z', code: 'KeyZ', ctrlKey: true });
  await expect.poll(shown).toBe(empty);
});

test('the keyboard draws, undoes and clears', async () => {
  const pad = page.getByLabel('Draw a digit');
  const pressTimes = async (key: string, times: number): Promise<void> => {
    for (let time = 0; time < times; ++time) await pad.press(key);
  };
  await pad.focus();
  await pressTimes('ArrowUp', 6);
  await pad.press('Space');
  await pressTimes('ArrowDown', 12);
  await pad.press('Space');
  expect(digitIn(await prediction(page))).toBe(1);
  await pad.press('Control+z');
  expect(digitIn(await prediction(page))).toBeNull();
  await draw(page, plain(7));
  await pad.press('Delete');
  expect(digitIn(await prediction(page))).toBeNull();
});

test('a finger draws on a phone, and the page stays where it is', async () => {
  const phone = await openPage(site, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const box = (await phone.getByLabel('Draw a digit').boundingBox())!;
  const touch = await phone.context().newCDPSession(phone);
  const at = (y: number) => [{ x: box.x + box.width / 2, y: box.y + box.height * y }];
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0.75) });
  for (let y = 0.7; y > 0.1; y -= 0.05) {
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(y) });
  }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect.poll(async () => digitIn(await prediction(phone))).toBe(1);
  expect(await phone.evaluate(() => scrollY)).toBe(0);
  await phone.context().close();
});
