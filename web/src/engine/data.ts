/** Data sets, fetched from beside the page unless they are kept on this device. */
import { KeptData, type FileSizes } from '../offline/kept-data';
import { whyNotKept } from '../offline/why-not-kept';
import { dataSets } from './data-sets';
import { fetchBytes } from './fetch-bytes';
import type { Event } from './protocol';
import { beginsMember, unpacked } from './unpack';

/** An IDX file of images and the one of their labels, unpacked. */
export interface DataSplit {
  images: Uint8Array;
  labels: Uint8Array;
}

export type Split = 'train' | 'test';

export type FetchSplit = (dataset: string, split: Split) => Promise<DataSplit>;

const prefix = { train: 'train', test: 't10k' } as const;

/** Fetches every split at most once at a time, and tells how far all of it is. */
export class DataSource {
  private readonly underWay = new Map<string, Promise<DataSplit>>();
  private readonly onTheirWay = new Map<string, { received: number; total: number }>();
  private readonly kept: KeptData;
  private abort = new AbortController();

  constructor(
    private readonly folder: URL,
    private readonly sizes: FileSizes,
    private readonly post: (event: Event) => void,
  ) {
    this.kept = new KeptData(folder, sizes);
  }

  /** Throws a sentence that names the data set or file; an AbortError after `cancel`. */
  readonly fetchSplit: FetchSplit = async (dataset, split) => {
    if (!dataSets.includes(dataset)) {
      throw new Error(`Only the command line can train on the data set “${dataset}”.`);
    }
    const key = `${dataset}/${prefix[split]}`;
    const fetched = this.underWay.get(key) ?? this.start(key);
    this.underWay.set(key, fetched);
    return fetched;
  };

  /** Gives up everything that is under way. */
  cancel(): void {
    this.abort.abort();
    this.abort = new AbortController();
  }

  private async start(key: string): Promise<DataSplit> {
    try {
      const [images, labels] = await Promise.all([
        this.getFile(`${key}-images-idx3-ubyte.gz`),
        this.getFile(`${key}-labels-idx1-ubyte.gz`),
      ]);
      return { images, labels };
    } finally {
      this.underWay.delete(key);
      if (this.underWay.size === 0) {
        this.onTheirWay.clear();
        this.post({ type: 'fetched' });
      }
    }
  }

  /** Unpacked: some hosts unpack the file on its way, some do not. */
  private async getFile(path: string): Promise<Uint8Array> {
    const name = path.split('/').pop()!;
    const { signal } = this.abort;
    const kept = await this.kept.read(path);
    if (kept) return unpacked(kept, name);
    signal.throwIfAborted();
    const bytes = await this.fetchFile(path, signal);
    const contents = await unpacked(bytes, name);
    void this.keep(path, bytes);
    return contents;
  }

  /** Tells how much of its size beside the page has come, whatever it was packed with on its way. */
  private fetchFile(path: string, signal: AbortSignal): Promise<Uint8Array> {
    const { packed, unpacked } = this.sizes[path] ?? { packed: 0, unpacked: 0 };
    this.onTheirWay.set(path, { received: 0, total: packed });
    const url = new URL(path, this.folder);
    return fetchBytes(url, signal, (bytes, first) => {
      const asItLies = packed === 0 || beginsMember(first, 0);
      const received = asItLies ? bytes : bytes * (packed / unpacked);
      this.onTheirWay.set(path, { received, total: packed });
      const files = [...this.onTheirWay.values()];
      const known = files.every((file) => file.total >= file.received && file.total > 0);
      this.post({
        type: 'fetching',
        received: files.reduce((sum, file) => sum + file.received, 0),
        total: known ? files.reduce((sum, file) => sum + file.total, 0) : 0,
      });
    });
  }

  private async keep(path: string, bytes: Uint8Array): Promise<void> {
    const fault = await this.kept.keep(path, bytes).then(() => null, whyNotKept);
    this.post({ type: 'kept', fault });
  }
}

/** How many labels an IDX file holds: one byte each after 8 of header. */
export const countLabels = (file: Uint8Array): number => file.byteLength - 8;
