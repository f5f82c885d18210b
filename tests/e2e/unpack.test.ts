/** What the browser's own decompression leaves to the page: members, padding, cuts. */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { launchChromium } from './site';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  const entry = fileURLToPath(new URL('../../web/src/engine/unpack.ts', import.meta.url));
  const lib = { entry, name: 'unpack', formats: ['iife'] as 'iife'[] };
  const options = { configFile: false, logLevel: 'error', build: { write: false, lib } } as const;
  const [bundle] = (await build(options)) as Rolldown.RolldownOutput[];
  browser = await launchChromium();
  page = await browser.newPage();
  await page.addScriptTag({ content: bundle!.output[0].code });
});
afterAll(() => browser.close());

const images = Buffer.from(Uint8Array.from({ length: 200_000 }, (_, at) => (at * at * 31) >> 9));
const labels = Buffer.from('0123456789');

/** What the page makes of a file: its bytes, or the sentence that refuses it. */
async function unpacked(file: Uint8Array): Promise<Buffer | string> {
  const answer = await page.evaluate(async (text) => {
    const { unpack } = globalThis as unknown as {
      unpack: typeof import('../../web/src/engine/unpack');
    };
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    try {
      const contents = await unpack.unpacked(bytes, 'file.gz');
      let binary = '';
      for (const byte of contents) binary += String.fromCharCode(byte);
      return { contents: btoa(binary) };
    } catch (error) {
      return { message: (error as Error).message };
    }
  }, Buffer.from(file).toString('base64'));
  return answer.contents === undefined ? answer.message : Buffer.from(answer.contents, 'base64');
}

test('members and zeros behind them are unpacked', async () => {
  const [one, two] = [gzipSync(images), gzipSync(labels)];
  const both = Buffer.concat([images, labels]);
  expect(both.equals((await unpacked(Buffer.concat([one, two]))) as Buffer)).toBe(true);
  for (const zeros of [1, 512]) {
    const file = Buffer.concat([one, two, Buffer.alloc(zeros)]);
    expect(both.equals((await unpacked(file)) as Buffer)).toBe(true);
  }
  expect(images.equals((await unpacked(one)) as Buffer)).toBe(true);
  expect(labels.equals((await unpacked(labels)) as Buffer)).toBe(true);
});

test('a file that is cut or damaged is refused in a sentence', async () => {
  const sentence = 'file.gz is a gzip file that is truncated, damaged or too large.';
  const file = gzipSync(images);
  for (const size of [10, 1000, file.length - 9, file.length - 1]) {
    expect(await unpacked(file.subarray(0, size))).toBe(sentence);
  }
  file[5000]! ^= 1;
  expect(await unpacked(file)).toBe(sentence);
});
