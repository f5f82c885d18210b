/** The first place: how an answer is shown, on what screen, and how it is handed on. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { digitIn, draw, plain, prediction } from './handwriting';
import { isolating, openPage, openSite, type Site } from './site';

let site: Site;

beforeAll(async () => {
  site = await openSite({ headers: isolating });
});
afterAll(() => site.close());


const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const alert = (page: Page) => page.getByRole('alert');
const read = async (page: Page) => digitIn(await prediction(page));
const padOf = (page: Page) => page.getByLabel('Draw a digit');
const boxOf = async (locator: Locator) => (await locator.boundingBox())!;

describe('the example', () => {
  test('draws itself and is read like a drawing, until the pad is touched', async () => {
    const page = await openPage(site, { reducedMotion: 'no-preference' });
    await expect.poll(() => read(page)).toBe(3);
    const ink = () =>
      padOf(page).evaluate((pad) => {
        const { data } = (pad as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, 600, 600);
        return data.filter((_, place) => place % 4 === 3).reduce((sum, alpha) => sum + alpha / 255, 0);
      });
    const whole = await ink();
    await page.getByText('Draw here').waitFor();
    await padOf(page).click({ position: { x: 90, y: 90 } });
    expect(await ink()).toBeLessThan(whole / 4);
    await page.getByText('Draw here').waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('is whole at once where less motion is wanted', async () => {
    const context = await site.browser.newContext({ reducedMotion: 'reduce' });
    const page = await context.newPage();
    const seen = new Set<string>();
    await page.exposeFunction('sees', (words: string) => void seen.add(words));
    await page.addInitScript(() => {
      new MutationObserver(() => {
        const words = document.querySelector('.prediction strong')?.textContent;
        if (words) (window as unknown as { sees: (words: string) => void }).sees(words);
      }).observe(document, { subtree: true, childList: true, characterData: true });
    });
    await page.goto(site.address);
    await expect.poll(() => read(page)).toBe(3);
    expect([...seen]).toEqual(['3']);
    await context.close();
  });
});

describe('a test image', () => {
  test('is marked right or wrong by its label, and only what is right is green', async () => {
    const page = await openPage(site);
    const source = page.getByText(/^Test image \d+, labelled \d\.$/);
    let before = '';
    for (let image = 0; image < 5; ++image) {
      await button(page, 'Test digit').click();
      await expect.poll(() => source.innerText()).not.toBe(before);
      before = await source.innerText();
      const words = await prediction(page);
      const right =
        digitIn(words) === Number(/labelled (\d)/.exec(before)![1]) && !words.includes('none of the ten');
      await page.getByText(right ? '✓ right' : '✗ wrong').waitFor();
      expect(await page.locator('.trial.wins').count()).toBe(right ? 1 : 0);
      expect(await page.locator('.trial.true').count()).toBe(right ? 0 : 1);
    }
    await draw(page, plain(1));
    expect(await page.getByText(/✓ right|✗ wrong/).count()).toBe(0);
    await page.context().close();
  });

  test('that is misread has no green at all', async () => {
    const page = await openPage(site, { query: '?layers=20&epochs=1' });
    await button(page, 'Step').click();
    await page.getByRole('radio', { name: /^Your own net/ }).and(page.locator(':checked')).waitFor();
    const shown = [
      page.getByText('✗ wrong'),
      page.locator('.trial.wins, .prediction.holds'),
      page.locator('.trial.true'),
    ];
    await expect
      .poll(async () => {
        await button(page, 'Test digit').click();
        await prediction(page);
        return Promise.all(shown.map((one) => one.count()));
      })
      .toEqual([1, 0, 1]);
    await page.context().close();
  });

  test('of clothes is called by its name', async () => {
    const page = await openPage(site, { query: '?dataset=fashion-mnist' });
    await button(page, 'Test digit').click();
    await page.getByText(/^Test image \d+, labelled [a-zA-Z -]{3,}\.$/).waitFor();
    await page.context().close();
  });
});

describe('a link', () => {
  test('holds the drawing as strokes, and opens with it until it changes', async () => {
    const page = await openPage(site, { permissions: ['clipboard-read', 'clipboard-write'] });
    await draw(page, plain(5));
    expect(await read(page)).toBe(5);
    await button(page, 'Share').click();
    await page.getByText('Link copied. It opens with your drawing.').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(page.url());
    expect(new URL(link).hash.length).toBeLessThan(320);

    const other = await openPage(site, { query: new URL(link).hash });
    expect(await read(other)).toBe(5);
    expect(other.url()).toBe(link);
    await draw(other, plain(1));
    expect(new URL(other.url()).hash).toBe('');
    await page.context().close();
    await other.context().close();
  });

  test('that is damaged is refused in a sentence, and the page works', async () => {
    const page = await openPage(site, { query: '#drawing=AbCdEf' });
    await alert(page).getByText('The drawing in this address is damaged; was all of it copied?').waitFor();
    expect(new URL(page.url()).hash).toBe('');
    await draw(page, plain(6));
    expect(await read(page)).toBe(6);
    await page.context().close();
  });

  test('of a test image says that the image does not go along', async () => {
    const page = await openPage(site, { permissions: ['clipboard-read', 'clipboard-write'] });
    await button(page, 'Test digit').click();
    await page.getByText(/^Test image/).waitFor();
    await button(page, 'Share').click();
    await page.getByText('Link copied. What is on the pad does not fit into it.').waitFor();
    await page.context().close();
  });
});

describe('in a room', () => {
  const projector = { viewport: { width: 1920, height: 1080 } };

  test('the first place fills the screen, and nothing of it is smaller than 24 pixels', async () => {
    const context = await site.browser.newContext(projector);
    const page = await context.newPage();
    await page.goto(`${site.address}?room`);
    await expect.poll(() => read(page)).toBe(3);
    await draw(page, plain(3));
    expect(await read(page)).toBe(3);
    const small = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      while (walker.nextNode()) {
        const text = walker.currentNode.textContent!.trim();
        const element = walker.currentNode.parentElement!;
        const { width, height } = element.getBoundingClientRect();
        const seen = width > 1 && height > 1 && element.checkVisibility();
        if (text && seen && Number.parseFloat(getComputedStyle(element).fontSize) < 24) {
          found.push(text);
        }
      }
      return found;
    });
    expect(small).toEqual([]);
    const rows = await boxOf(page.locator('.rows'));
    expect(rows.y + rows.height).toBeLessThan(1080);
    expect(await page.getByText('Read by', { exact: true }).isVisible()).toBe(false);
    await context.close();
  });

  test('keys go to places, clear and train, and Room leaves it', async () => {
    const page = await openPage(site, projector);
    const learn = page.getByRole('heading', { name: 'Learn', exact: true });
    await page.keyboard.press('c');
    await expect.poll(() => read(page)).toBe(3);
    await button(page, 'Room').click();
    expect(page.url()).toMatch(/\?room=$/);
    expect(await learn.isVisible()).toBe(false);
    const here = page.locator('header [aria-current]');
    await expect.poll(() => here.innerText()).toBe('Read');
    await draw(page, plain(7));
    await page.keyboard.press('c');
    expect(await prediction(page)).toBe('Nothing drawn yet.');
    await page.keyboard.press('3');
    await learn.waitFor();
    await expect.poll(() => here.innerText()).toBe('Learn');
    expect(await padOf(page).isVisible()).toBe(false);
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('Space');
    await button(page, 'Pause').waitFor();
    await page.keyboard.press('Space');
    await button(page, 'Train').waitFor();
    await page.keyboard.press('1');
    await padOf(page).waitFor();
    await button(page, 'Room').click();
    await learn.waitFor();
    await page.context().close();
  });
});

describe('on a phone', () => {
  const phone = { hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

  test('pad, answer and all rows are on the first screen, and fingers find the tools', async () => {
    const page = await openPage(site, { ...phone, viewport: { width: 390, height: 844 } });
    await draw(page, plain(3));
    expect(await read(page)).toBe(3);
    const [pad, answer, rows] = await Promise.all(
      [padOf(page), page.getByLabel('Prediction'), page.locator('.rows')].map(boxOf),
    );
    expect(pad!.width).toBeGreaterThanOrEqual(230);
    expect(answer!.x).toBeGreaterThan(pad!.x + pad!.width);
    expect(answer!.y).toBeLessThan(pad!.y + 40);
    expect(rows!.y).toBeGreaterThan(pad!.y + pad!.height);
    expect(rows!.y + rows!.height).toBeLessThanOrEqual(844);
    for (const control of await page.locator(':is(#draw button, header button, header a):visible').all()) {
      const { height } = await boxOf(control);
      expect(height, await control.innerText()).toBeGreaterThanOrEqual(44);
    }
    await page.context().close();
  });

  test.each([
    [844, 390],
    [667, 375],
  ])('held sideways, %i by %i, pad and rows fill the screen', async (width, height) => {
    const page = await openPage(site, { ...phone, viewport: { width, height } });
    await draw(page, plain(8));
    expect(await read(page)).toBe(8);
    const [pad, answer, rows] = await Promise.all(
      [padOf(page), page.getByLabel('Prediction'), page.locator('.rows')].map(boxOf),
    );
    expect(pad!.height).toBeGreaterThan(height * 0.9);
    expect(pad!.y + pad!.height).toBeLessThanOrEqual(height);
    expect(answer!.y + answer!.height).toBeLessThanOrEqual(rows!.y + 1);
    expect(rows!.x).toBeGreaterThan(pad!.x + pad!.width);
    expect(rows!.x + rows!.width).toBeLessThanOrEqual(width);
    expect(rows!.y + rows!.height).toBeLessThanOrEqual(height);
    await page.context().close();
  });
});

test('a screen reader hears an answer once, after the last stroke', async () => {
  const page = await openPage(site);
  const told: string[] = [];
  await page.exposeFunction('tells', (words: string) => void told.push(words));
  await page.getByRole('status', { name: 'Answer' }).evaluate((region) => {
    new MutationObserver(() => {
      const words = region.textContent;
      if (words) (window as unknown as { tells: (words: string) => void }).tells(words);
    }).observe(region, { subtree: true, childList: true, characterData: true });
  });
  await draw(page, plain(4)); // of two strokes
  await page.waitForTimeout(1500);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/^(Clearly|It says|Perhaps) 4\b.*\.$/);
  await page.context().close();
});

test('every bar stands out from its track, in light and in dark', async () => {
  const page = await openPage(site);
  await draw(page, plain(3));
  await prediction(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const contrasts = await page.evaluate(() => {
      const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
      const luminance = (colour: string): number => {
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        const [red, green, blue] = Array.from(context.getImageData(0, 0, 1, 1).data, (value) =>
          value <= 10 ? value / 3294 : ((value / 255 + 0.055) / 1.055) ** 2.4,
        ) as [number, number, number];
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const colourOf = (element: Element): string => getComputedStyle(element).backgroundColor;
      return [...document.querySelectorAll('.trial .bars i')].map((bar) => {
        const [one, other] = [luminance(colourOf(bar)), luminance(colourOf(bar.closest('.track')!))];
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      });
    });
    expect(contrasts.length).toBeGreaterThanOrEqual(10);
    expect(Math.min(...contrasts), colorScheme).toBeGreaterThanOrEqual(3);
  }
  await page.context().close();
});

test('past the first screen a bar holds places, run and Train, and Train is two keys away', async () => {
  const page = await openPage(site);
  const bar = page.locator('.sticky');
  expect(await bar.count()).toBe(0);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.ariaLabel)).toBe('Train');
  await page.mouse.wheel(0, 900);
  await bar.getByText('a fresh net').waitFor();
  await bar.getByRole('link', { name: 'Read' }).click();
  await bar.waitFor({ state: 'detached' });
  await page.context().close();
});

test('a row that is pressed opens inside, and so does the answer’s by keyboard', async () => {
  const page = await openPage(site);
  await expect.poll(() => read(page)).toBe(3);
  const title = page.locator('#inside-title');
  await title.waitFor();
  const isThere = () => title.evaluate((heading) => heading === document.activeElement);
  await page.locator('.trial').nth(5).click();
  await expect.poll(isThere).toBe(true);
  await page.locator('.rows').press('Enter');
  await expect.poll(isThere).toBe(true);
  await page.context().close();
});
