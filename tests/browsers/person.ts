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

/**
 * Presses a button once it stays where it is, for what was above it may just have gone, and again
 * where that press went beside it.
 */
export async function press(browser: Browser, name: string): Promise<void> {
  let box: Box | null = null;
  const isPressed = async (): Promise<boolean> => {
    const before = box;
    box = await boxOf(browser, name);
    if (box === null || JSON.stringify(box) !== JSON.stringify(before)) return false;
    const { x, y, width, height } = box;
    await listenForClick(browser, name);
    await browser.stroke([[x + width / 2, y + height / 2]]);
    return inPage(browser, () => (globalThis as Clicked).clicked === true);
  };
  await expect.poll(isPressed, { message: name }).toBe(true);
}

type Clicked = typeof globalThis & { clicked?: boolean };

/** Keeps in the page whether the button of that name was clicked from now on. */
const listenForClick = (browser: Browser, name: string): Promise<void> =>
  inPage(
    browser,
    (wanted) => {
      (globalThis as Clicked).clicked = false;
      const buttons = [...document.querySelectorAll('button:enabled')];
      buttons
        .find((one) => (one.getAttribute('aria-label') ?? one.textContent) === wanted)
        ?.addEventListener('click', () => ((globalThis as Clicked).clicked = true), { once: true });
    },
    name,
  );

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

/** The same once no answer is still to come, and it stays: a stroke may be still on its way. */
export async function settledGoodness(browser: Browser): Promise<string> {
  let last = '';
  const stays = async (): Promise<boolean> => {
    if (await isReading(browser)) return false;
    const before = last;
    last = await goodness(browser);
    return last === before;
  };
  await expect.poll(stays, { interval: 500 }).toBe(true);
  return last;
}

const isReading = (browser: Browser): Promise<boolean> =>
  inPage(
    browser,
    () => document.querySelector('[aria-label=Prediction]')!.getAttribute('aria-busy') === 'true',
  );
