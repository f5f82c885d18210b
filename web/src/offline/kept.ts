/** What is kept on this device for use without a network, and why not more is. */
import { computed, effect, signal } from '@preact/signals';
import { build, listen, pretrainedFields } from '../engine/connection';
import { config } from '../settings/settings';
import { own } from '../train/labs';
import { KeptData } from './kept-data';
import { keepFiles, keepPage } from './page';
import { whyNotKept } from './why-not-kept';

/** What has this version of the page; null until that has all of it. */
const cache = signal<Cache | null>(null);

export const pageIsKept = computed(() => cache.value !== null);

/** Bytes of the files of data sets that are, by their paths. */
export const keptFiles = signal<ReadonlyMap<string, number>>(new Map());

/** A sentence; null while all went well. */
export const keepingFault = signal<string | null>(null);

/** Bytes that training with the present settings has yet to fetch. */
export const bytesToFetch = computed(() => {
  const { dataset } = config.value;
  const run = own.value;
  const isThere = run.progress.value.hasData && run.config.value.dataset === dataset;
  return isThere ? 0 : sum(dataset, toFetch);
});

/** The same to look at the test images of a data set. */
export const testBytesToFetch = (dataset: string): number =>
  sum(dataset, (file) => (file[0].includes('/t10k-') ? toFetch(file) : 0));

const toFetch = ([path, { packed }]: [string, { packed: number }]): number =>
  keptFiles.value.has(path) ? 0 : packed;

function sum(dataset: string, of: (file: [string, { packed: number }]) => number): number {
  const files = Object.entries(dataFiles).filter(([path]) => path.startsWith(`${dataset}/`));
  return files.reduce((total, file) => total + of(file), 0);
}

/** Bytes of a data set that are kept. */
export const keptOf = (dataset: string): number =>
  sum(dataset, ([path]) => keptFiles.value.get(path) ?? 0);

const data = (): KeptData => new KeptData(new URL('data/', document.baseURI), dataFiles);

let looks = 0;

/** What a look finds that began before the newest is out of date, however late it comes. */
export async function lookAtKept(): Promise<void> {
  const mine = ++looks;
  const found = await data().list().catch(() => new Map<string, number>());
  if (mine === looks) keptFiles.value = found;
}

export async function removeData(dataset: string): Promise<void> {
  await data().remove(dataset).catch(() => undefined);
  await lookAtKept();
}

/** Keeps the page and what it has used, if that reads. */
export async function keep(): Promise<void> {
  if (!pretrainedFields.peek()) return;
  try {
    cache.value = await keepPage([...build.peek().files, ...Object.values(pretrainedFiles)]);
  } catch (error) {
    keepingFault.value = whyNotKept(error);
  }
}

/** Addresses of files that are yet to be kept. */
const wanted = signal<string[]>([]);

/** Keeps a file that not everybody comes to use, once the page is kept. */
export const keepUsed = (file: string): void => {
  wanted.value = [...wanted.value, file];
};

effect(() => {
  const files = wanted.value;
  if (!cache.value || files.length === 0) return;
  wanted.value = [];
  keepFiles(cache.value, files).catch((error: unknown) => (keepingFault.value = whyNotKept(error)));
});

listen((event) => {
  if (event.type !== 'kept') return;
  if (event.fault) keepingFault.value = event.fault;
  void lookAtKept();
});
