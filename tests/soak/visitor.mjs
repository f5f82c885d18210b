// What a person does at the page, and sees to have happened.
import { setTimeout as sleep } from 'node:timers/promises';
import { engineWorker } from './gauges.mjs';

const patience = 120_000; // milliseconds; for a machine that has much else to do

/** Two strokes of a 7 with a bar, in shares of the pad's side. */
const seven = [
  [[0.25, 0.2], [0.5, 0.2], [0.75, 0.2], [0.6, 0.5], [0.5, 0.85]],
  [[0.4, 0.5], [0.7, 0.5]],
];

export class Visitor {
  constructor(page) {
    this.page = page;
    page.setDefaultTimeout(patience);
  }

  /** Presses a button, once it is there and can be pressed. */
  async press(name) {
    const pressed = (wanted) => {
      const buttons = [...document.querySelectorAll('button:enabled')];
      const button = buttons.find((one) => (one.ariaLabel ?? one.textContent) === wanted);
      button?.click();
      return button !== undefined;
    };
    await this.until(`the button “${name}”`, pressed, name);
  }

  async sees(selector, pattern) {
    const seen = (first, wanted, flags) =>
      new RegExp(wanted, flags).test(document.querySelector(first)?.innerText ?? '');
    await this.until(`“${pattern.source}”`, seen, selector, pattern.source, pattern.flags);
  }

  async until(what, condition, ...given) {
    await this.page.waitForFunction(condition, { polling: 20 }, ...given).catch((error) => {
      throw new Error(`${what} did not come: ${error.message}`);
    });
  }

  async arrives(address) {
    await this.page.goto(address);
    await this.sees('.judges', /Pre-trained net\s+[\d.]+\s% wrong/);
  }

  async trains(milliseconds) {
    await this.press('Train');
    await this.sees('.progress', / left/);
    await sleep(milliseconds);
  }

  async pauses() {
    await this.press('Pause');
    await this.sees('.progress', /Paused after/);
  }

  async resets() {
    await this.press('Reset');
    await this.sees('.progress', /A fresh net/);
  }

  async draws(strokes) {
    const pad = await this.page.$('canvas[aria-label="Draw a digit"]');
    await pad.scrollIntoView();
    const { x, y, width, height } = await pad.boundingBox();
    const place = ([left, top]) => [x + left * width, y + top * height];
    const { mouse } = this.page;
    for (const [first, ...others] of strokes) {
      await mouse.move(...place(first));
      await mouse.down();
      for (const one of others) await mouse.move(...place(one));
      await mouse.up();
    }
  }

  /** What the pre-trained net thinks of a drawing that is always the same. */
  async reads() {
    await this.page.evaluate(() => document.querySelector('.judges input').click());
    await this.press('Clear');
    await this.sees('.prediction', /Nothing drawn/);
    await this.draws(seven);
    await this.sees('.prediction', /It says/);
    await sleep(100); // the last of the strokes is read in far less
    return this.page.$eval('[aria-label^="Goodness of each"]', (image) => image.ariaLabel);
  }

  async loads(path, selector, pattern) {
    const input = await this.page.$('input[type=file]');
    await input.uploadFile(path);
    await input.dispose();
    await this.sees(selector, pattern);
    await this.page.evaluate(() => {
      for (const button of document.querySelectorAll('[aria-label=Dismiss]')) button.click();
    });
  }

  async sets(title, text) {
    await this.page.evaluate(
      (wanted, value) => {
        const labels = [...document.querySelectorAll('.settings label')];
        const field = labels.find(({ textContent }) => textContent === wanted).control;
        field.value = value;
        field.dispatchEvent(new Event('change', { bubbles: true }));
      },
      title,
      text,
    );
  }

  /** Has the Worker die of a fault, and starts it again. */
  async restartsWorker() {
    const worker = engineWorker(this.page);
    await worker.evaluate(() => setTimeout(() => { throw new Error('killed'); }));
    await this.press('Start it again');
    await this.sees('.progress', /A fresh net/);
    await this.sees('.judges', /Pre-trained net\s+[\d.]+\s% wrong/);
  }

  /** What the page has to complain of. */
  complaints() {
    return this.page.$eval('.notices [role=alert]', ({ innerText }) => innerText);
  }
}
