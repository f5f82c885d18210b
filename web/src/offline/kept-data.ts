/**
 * Data sets kept on this device. Each file is kept under its address with its size behind it, so that
 * what another version of the page has kept is never taken for this one's.
 */

/** Bytes of a gzip file as it lies beside the page, and of what is in it. */
export interface FileSize {
  packed: number;
  unpacked: number;
}

/** By their paths in the folder of data sets. */
export type FileSizes = Readonly<Record<string, FileSize>>;

export class KeptData {
  constructor(
    private readonly folder: URL,
    readonly sizes: FileSizes,
  ) {}

  /** The file, packed or not; null where it is not kept. */
  async read(path: string): Promise<Uint8Array | null> {
    const address = this.address(path);
    if (!address) return null;
    const found = await this.open().then((cache) => cache.match(address)).catch(() => undefined);
    return found ? new Uint8Array(await found.arrayBuffer()) : null;
  }

  /** Keeps a file as it came, if it is what it should be. Throws where there is no storage for it. */
  async keep(path: string, bytes: Uint8Array): Promise<void> {
    const address = this.address(path);
    const { packed, unpacked } = this.sizes[path] ?? {};
    if (!address || (bytes.byteLength !== packed && bytes.byteLength !== unpacked)) return;
    const cache = await this.open();
    // Some hosts unpack it on its way.
    const kept = bytes.byteLength === packed ? bytes : await gzipped(bytes);
    const headers = { 'content-length': String(kept.byteLength) };
    await cache.put(address, new Response(kept as Uint8Array<ArrayBuffer>, { headers }));
  }

  /** Bytes by path of all that is kept. */
  async list(): Promise<Map<string, number>> {
    const cache = await this.open();
    const paths = Object.keys(this.sizes);
    const found = await Promise.all(paths.map((path) => cache.match(this.address(path)!)));
    return new Map(
      paths.flatMap((path, index) => {
        const size = found[index]?.headers.get('content-length');
        return size ? [[path, Number(size)]] : [];
      }),
    );
  }

  async remove(dataset: string): Promise<void> {
    const cache = await this.open();
    const { href } = new URL(`${dataset}/`, this.folder);
    const requests = (await cache.keys()).filter(({ url }) => url.startsWith(href));
    await Promise.all(requests.map((request) => cache.delete(request)));
  }

  private address(path: string): string | null {
    const size = this.sizes[path];
    return size ? new URL(`${path}?${size.packed}`, this.folder).href : null;
  }

  private async open(): Promise<Cache> {
    return caches.open(`data sets of ${this.folder.pathname}`);
  }
}

async function gzipped(bytes: Uint8Array): Promise<Uint8Array> {
  const plain = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
  const packed = new Response(plain.pipeThrough(new CompressionStream('gzip')));
  return new Uint8Array(await packed.arrayBuffer());
}
