/** What a person does at the page, in any browser. */
import { expect } from 'vitest';
import { strokesOn, type Sample } from '../e2e/handwriting';
import { inPage, type Browser } from './browser';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The buttons and the pad by their names, where they are once in view; null while there is none. */
export const boxOf = (browser: Browser, name: string): Promise<Box | null> =>
  inPage(browser, (wanted): Box | null => {
    const element = [...document.querySelectorAll('button:enabled, canvas, input')].find(
      (one) => (one.getAttribute('aria-label') ?? one.textContent) === wanted,
    );
    if (!element) return null;
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  }, name);

export async function press(browser: Browser, name: string): Promise<void> {
  const waiting = expect.poll(() => boxOf(browser, name), { message: name });
  await waiting.not.toBeNull();
  const box = (await boxOf(browser, name))!;
  await browser.stroke([[box.x + box.width / 2, box.y + box.height / 2]]);
}

export async function draw(browser: Browser, sample: Sample): Promise<void> {
  await press(browser, 'Clear');
  const pad = (await boxOf(browser, 'Draw a digit'))!;
  for (const stroke of strokesOn(pad, sample)) await browser.stroke(stroke);
}

/** The words of what that CSS selector finds first, spaces as they are shown. */
export const words = (browser: Browser, selector: string): Promise<string> =>
  inPage(
    browser,
    (first) => document.querySelector<HTMLElement>(first)?.innerText.trim() ?? '',
    selector,
  );

/** Waits for words there. */
export const untilWords = (browser: Browser, selector: string, wanted: RegExp): Promise<void> =>
  expect.poll(() => words(browser, selector)).toMatch(wanted);

/** How much each label pleases the net that reads the pad. */
export const goodness = (browser: Browser): Promise<string> =>
  inPage(
    browser,
    () => document.querySelector<HTMLElement>('[aria-label^="Goodness of each"]')!.ariaLabel!,
  );

/** The same once it stays: the answer to the last of a stroke may be still to come. */
export async function settledGoodness(browser: Browser): Promise<string> {
  let last = '';
  const stays = async (): Promise<boolean> => {
    const before = last;
    last = await goodness(browser);
    return last === before;
  };
  await expect.poll(stays, { interval: 500 }).toBe(true);
  return last;
}
