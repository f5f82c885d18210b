import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { countLabels, DataSource } from '../../web/src/engine/data';
import type { Event } from '../../web/src/engine/protocol';
import { sampleSplit } from './sample-data';

let events: Event[];
let source: DataSource;

beforeEach(() => {
  events = [];
  source = new DataSource(new URL('http://here/data/'), (event) => events.push(event));
});
afterEach(() => vi.unstubAllGlobals());

const answerWith = (answer: (url: URL, signal: AbortSignal) => Response | Promise<Response>) =>
  vi.stubGlobal(
    'fetch',
    vi.fn((url: URL, { signal }: { signal: AbortSignal }) => Promise.resolve(answer(url, signal))),
  );
const bodyOf = (size: number, headers: Record<string, string> = {}): Response =>
  new Response(new Uint8Array(size), { headers: { 'content-length': String(size), ...headers } });

describe('a split', () => {
  test('is two files, fetched with progress', async () => {
    answerWith((url) => bodyOf(url.pathname.includes('images') ? 900 : 100));
    const { images, labels } = await source.fetchSplit('mnist', 'test');
    expect([images.length, labels.length]).toEqual([900, 100]);
    expect(vi.mocked(fetch).mock.calls.map(([url]) => (url as URL).href)).toEqual([
      'http://here/data/mnist/t10k-images-idx3-ubyte.gz',
      'http://here/data/mnist/t10k-labels-idx1-ubyte.gz',
    ]);
    expect(events).toContainEqual({ type: 'fetching', received: 1000, total: 1000 });
    expect(events.at(-1)).toEqual({ type: 'fetched' });
  });

  test('is fetched once for all who ask meanwhile', async () => {
    answerWith(() => bodyOf(10));
    const both = await Promise.all([
      source.fetchSplit('mnist', 'train'),
      source.fetchSplit('mnist', 'train'),
    ]);
    expect(both[0]).toBe(both[1]);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test('has no known size where the server packs it on the way', async () => {
    answerWith(() => bodyOf(500, { 'content-encoding': 'gzip', 'content-length': '20' }));
    await source.fetchSplit('mnist', 'train');
    expect(events).toContainEqual({ type: 'fetching', received: 1000, total: 0 });
  });

  test('is unpacked, unless the host has done that on the way', async () => {
    const plain = new Uint8Array(5000).fill(7);
    for (const body of [plain, gzipSync(plain)]) {
      answerWith(() => new Response(body));
      const { images, labels } = await source.fetchSplit('mnist', 'test');
      expect([images, labels]).toEqual([plain, plain]);
    }
  });

  test('whose file is cut is refused in a sentence that names it', async () => {
    const cut = gzipSync(new Uint8Array(5000)).subarray(0, -1);
    answerWith(() => new Response(cut));
    await expect(source.fetchSplit('mnist', 'train')).rejects.toThrow(
      /^train-(images-idx3|labels-idx1)-ubyte.gz is a gzip file that is truncated, damaged or/,
    );
  });

  test('that is not there is named, and can be asked for again', async () => {
    answerWith(() => new Response(null, { status: 404 }));
    await expect(source.fetchSplit('mnist', 'train')).rejects.toThrow(
      'train-images-idx3-ubyte.gz could not be fetched: the server answered 404.',
    );
    answerWith(() => bodyOf(1));
    await expect(source.fetchSplit('mnist', 'train')).resolves.toBeTruthy();
  });

  test('of a data set that the page has not is refused in a sentence that names it', async () => {
    answerWith(() => bodyOf(10));
    await expect(source.fetchSplit('folder', 'train')).rejects.toThrow(
      'Only the command line can train on the data set “folder”.',
    );
    expect(fetch).not.toHaveBeenCalled();
  });

  test('can be given up', async () => {
    answerWith(
      (_, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        ),
    );
    const fetched = source.fetchSplit('mnist', 'train');
    source.cancel();
    await expect(fetched).rejects.toMatchObject({ name: 'AbortError' });
  });
});

test('labels are counted', () => {
  expect(countLabels(sampleSplit(37).labels)).toBe(37);
});
