/** Runs that outlast the page: in the browser's IndexedDB, their nets beside them. */
import type { RunRecord } from './protocol';

const database = 'forward-forward';
const runs = 'runs';
const nets = 'nets';
/** The oldest go when there are more. */
export const mostRuns = 12;

/** Throws where the browser keeps nothing for this page. */
export class RunStore {
  private opened: Promise<IDBDatabase> | null = null;

  /** Of every tab, the newest first. */
  async list(): Promise<RunRecord[]> {
    const store = await this.store(runs, 'readonly');
    const all = await done<RunRecord[]>(store.getAll());
    return all.sort((a, b) => b.changed - a.changed);
  }

  /** The net as a model file; undefined when the run is not there any more. */
  async net(id: string): Promise<Uint8Array | undefined> {
    return done((await this.store(nets, 'readonly')).get(id));
  }

  /** Writes both or neither. */
  async keep(record: RunRecord, net: Uint8Array): Promise<void> {
    await this.write((transaction) => {
      transaction.objectStore(runs).put(record);
      transaction.objectStore(nets).put(net, record.id);
    });
    for (const { id } of (await this.list()).slice(mostRuns)) await this.forget(id);
  }

  async forget(id: string): Promise<void> {
    await this.write((transaction) => {
      transaction.objectStore(runs).delete(id);
      transaction.objectStore(nets).delete(id);
    });
  }

  private async write(work: (transaction: IDBTransaction) => void): Promise<void> {
    const transaction = (await this.open()).transaction([runs, nets], 'readwrite');
    const ended = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(refused(transaction.error));
    });
    work(transaction);
    await ended;
  }

  private async store(name: string, mode: IDBTransactionMode): Promise<IDBObjectStore> {
    return (await this.open()).transaction(name, mode).objectStore(name);
  }

  private open(): Promise<IDBDatabase> {
    this.opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(database, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(runs, { keyPath: 'id' });
        request.result.createObjectStore(nets);
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(refused(request.error));
    });
    return this.opened;
  }
}

const refused = (cause: unknown): Error =>
  new Error('This browser keeps nothing for this page.', { cause });

const done = <Value>(request: IDBRequest): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as Value);
    request.onerror = () => reject(refused(request.error));
  });
