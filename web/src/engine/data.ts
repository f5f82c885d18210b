/** Data sets, fetched from beside the page. */
import { dataSets } from './data-sets';
import { fetchBytes } from './fetch-bytes';
import type { Event } from './protocol';
import { unpacked } from './unpack';

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
  private readonly sizes = new Map<string, { received: number; total: number }>();
  private abort = new AbortController();

  constructor(
    private readonly folder: URL,
    private readonly post: (event: Event) => void,
  ) {}

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
        this.fetchFile(`${key}-images-idx3-ubyte.gz`),
        this.fetchFile(`${key}-labels-idx1-ubyte.gz`),
      ]);
      return { images, labels };
    } finally {
      this.underWay.delete(key);
      if (this.underWay.size === 0) {
        this.sizes.clear();
        this.post({ type: 'fetched' });
      }
    }
  }

  /** Unpacked: some hosts unpack the file on its way, some do not. */
  private async fetchFile(path: string): Promise<Uint8Array> {
    this.sizes.set(path, { received: 0, total: 0 });
    const url = new URL(path, this.folder);
    const bytes = await fetchBytes(url, this.abort.signal, (received, total) => {
      this.sizes.set(path, { received, total });
      const sizes = [...this.sizes.values()];
      const known = sizes.every((size) => size.total >= size.received && size.total > 0);
      this.post({
        type: 'fetching',
        received: sizes.reduce((sum, size) => sum + size.received, 0),
        total: known ? sizes.reduce((sum, size) => sum + size.total, 0) : 0,
      });
    });
    return unpacked(bytes, path.split('/').pop()!);
  }
}

/** How many labels an IDX file holds: one byte each after 8 of header. */
export const countLabels = (file: Uint8Array): number => file.byteLength - 8;
