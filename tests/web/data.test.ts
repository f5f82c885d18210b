import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { countLabels, DataSource } from '../../web/src/engine/data';
import type { Event } from '../../web/src/engine/protocol';
import { sampleSplit } from './sample-data';

/** As they lie beside the page. */
const images = gzipSync(Uint8Array.from({ length: 9000 }, (_, at) => (at * at) >> 5));
const labels = gzipSync(new Uint8Array(100).fill(7));
const lies = (url: URL): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(url.pathname.includes('images') ? images : labels);
const sizes = {
  'mnist/t10k-images-idx3-ubyte.gz': { packed: images.length, unpacked: 9000 },
  'mnist/t10k-labels-idx1-ubyte.gz': { packed: labels.length, unpacked: 100 },
};
const both = images.length + labels.length;

let events: Event[];
let source: DataSource;

const begin = (): void => {
  events = [];
  source = new DataSource(new URL('http://here/data/'), sizes, (event) => events.push(event));
};

beforeEach(begin);
afterEach(() => vi.unstubAllGlobals());

/** Storage as browsers have it, for one cache; `room` in files. */
function keepIn(kept: Map<string, Response>, room = Infinity): void {
  const cache = {
    match: (url: string) => Promise.resolve(kept.get(url)?.clone()),
    put: (url: string, response: Response) => {
      if (kept.size >= room) return Promise.reject(new DOMException('full', 'QuotaExceededError'));
      kept.set(url, response);
      return Promise.resolve();
    },
  };
  vi.stubGlobal('caches', { open: () => Promise.resolve(cache) });
}

const answerWith = (answer: (url: URL, signal: AbortSignal) => Response | Promise<Response>) =>
  vi.stubGlobal(
    'fetch',
    vi.fn((url: URL, { signal }: { signal: AbortSignal }) => Promise.resolve(answer(url, signal))),
  );
const bodyOf = (size: number, headers: Record<string, string> = {}): Response =>
  new Response(new Uint8Array(size), { headers: { 'content-length': String(size), ...headers } });

describe('a split', () => {
  test('is two files, fetched with progress', async () => {
    answerWith((url) => new Response(lies(url)));
    const { images, labels } = await source.fetchSplit('mnist', 'test');
    expect([images.length, labels.length]).toEqual([9000, 100]);
    expect(vi.mocked(fetch).mock.calls.map(([url]) => (url as URL).href)).toEqual([
      'http://here/data/mnist/t10k-images-idx3-ubyte.gz',
      'http://here/data/mnist/t10k-labels-idx1-ubyte.gz',
    ]);
    expect(events).toContainEqual({ type: 'fetching', received: both, total: both });
    expect(events).toContainEqual({ type: 'fetched' });
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

  test('counts as much as lies beside the page, also where it comes unpacked', async () => {
    const encoded = { 'content-encoding': 'gzip', 'content-length': '20' };
    answerWith((url) => bodyOf(url.pathname.includes('images') ? 9000 : 100, encoded));
    await source.fetchSplit('mnist', 'test');
    expect(events).toContainEqual({ type: 'fetching', received: both, total: both });
  });

  test('is of an unknown size where there is more than there should be', async () => {
    answerWith(() => bodyOf(20_000));
    await source.fetchSplit('mnist', 'test');
    const last = events.findLast(({ type }) => type === 'fetching');
    expect(last).toMatchObject({ total: 0 });
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

  test('is fetched once, and then kept', async () => {
    keepIn(new Map());
    answerWith((url) => new Response(lies(url)));
    const first = await source.fetchSplit('mnist', 'test');
    await vi.waitFor(() => expect(events.filter(({ type }) => type === 'kept').length).toBe(2));
    expect(events).toContainEqual({ type: 'kept', fault: null });
    begin(); // as after a reload
    expect(await source.fetchSplit('mnist', 'test')).toEqual(first);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test('that came unpacked is kept packed', async () => {
    const kept = new Map<string, Response>();
    keepIn(kept);
    answerWith((url) => bodyOf(url.pathname.includes('images') ? 9000 : 100));
    const first = await source.fetchSplit('mnist', 'test');
    await vi.waitFor(() => expect(kept.size).toBe(2));
    const sizes = [...kept.values()].map(({ headers }) => Number(headers.get('content-length')));
    expect(Math.max(...sizes)).toBeLessThan(9000);
    begin();
    expect(await source.fetchSplit('mnist', 'test')).toEqual(first);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test('is not kept when it is not what it should be', async () => {
    const kept = new Map<string, Response>();
    keepIn(kept);
    answerWith(() => new Response('<!doctype html>Please log in'));
    await source.fetchSplit('mnist', 'test');
    await vi.waitFor(() => expect(events.filter(({ type }) => type === 'kept').length).toBe(2));
    expect(kept.size).toBe(0);
  });

  test('does without being kept where there is no room, or no storage, and says so', async () => {
    answerWith((url) => new Response(lies(url)));
    await source.fetchSplit('mnist', 'test');
    const said = () => (events.at(-1) as { fault?: string }).fault;
    await expect.poll(said).toMatch(/^This browser lets/);
    keepIn(new Map(), 0);
    begin();
    const { images } = await source.fetchSplit('mnist', 'test');
    expect(images.length).toBe(9000);
    await expect.poll(said).toMatch(/^There is no room/);
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
