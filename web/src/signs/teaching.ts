/** A net is taught the signs: what is asked for, how far it is, and what came of it. */
import { computed, effect, signal } from '@preact/signals';
import { client, engineState, listen, pretrainedFields } from '../engine/connection';
import type { TeachProgress } from '../engine/course';
import type { Taught } from '../engine/teacher';
import { judge, readAnew, readBy } from '../read/reading';
import { attempt } from '../status/status';
import { download } from '../train/download';
import { cancelFetching, fetching, own } from '../train/labs';
import { enough, fewest, signs } from './signs';

/** What learns the signs: a copy of a net that knows digits, or a fresh one that knows nothing. */
export type Base = 'pretrained' | 'lab' | 'fresh';

export const bases = computed<Base[]>(() =>
  own.value.hasBegun.value && own.value.config.value.dataset === 'mnist'
    ? ['pretrained', 'lab', 'fresh']
    : ['pretrained', 'fresh'],
);

export const base = signal<Base>('pretrained');

/** Whether a net is being taught; the images that it knows may still be on their way. */
export const isTeaching = signal(false);
/** Null while none is, and until the images are there. */
export const progress = signal<TeachProgress | null>(null);
/** What came of the last time, and what the signs were called then; null before. */
export const taught = signal<(Taught & { names: string[] }) | null>(null);
/** Whether the images that are replayed have been fetched. */
export const hasImages = signal(false);

/** Whether there is a net to teach. */
export const hasNet = computed(
  () =>
    engineState.value === 'ready' && (base.value !== 'pretrained' || pretrainedFields.value !== null),
);

/** Why nothing can be taught yet, in one sentence; null if it can. */
export const obstacle = computed(() => {
  const few = signs.value.find(({ drawings }) => drawings.length < fewest);
  if (!hasNet.value) return 'The net is not loaded.';
  if (few) return `Draw ${few.name} at least ${fewest} times; ${enough} are better.`;
  if (!bases.value.includes(base.value)) return 'Your own net knows no digits yet.';
  if (base.value === 'fresh' && signs.value.length < 2) return 'Without digits, two signs are needed.';
  return null;
});

listen((event) => {
  if (event.type === 'teaching') progress.value = event.progress;
});

// An engine that is started again has no such net.
effect(() => {
  if (engineState.value === 'ready') return;
  taught.value = null;
  if (judge.peek() === 'taught') judge.value = 'pretrained';
});

const seed = 1;

/** Teaches all signs; the net that knows them then reads what is drawn above. */
export async function teach(): Promise<void> {
  const lessons = signs.value.map(({ name, drawings }) => ({ name, drawings }));
  const names = lessons.map(({ name }) => name);
  isTeaching.value = true;
  const again = { title: 'Try again', run: () => void teach() };
  await attempt(async () => {
    const net = base.value === 'fresh' ? null : base.value;
    const done = await client.ask({ type: 'teach', base: net, signs: lessons, seed });
    taught.value = { ...done, names };
    if (done.before) hasImages.value = true;
    readBy('taught');
    readAnew();
  }, again);
  isTeaching.value = false;
  progress.value = null;
}

export async function stopTeaching(): Promise<void> {
  await attempt(() => client.ask({ type: 'stopTeaching' }));
  if (fetching.value) await cancelFetching();
}

export async function saveTaught(): Promise<void> {
  await attempt(async () => {
    const bytes = await client.ask({ type: 'saveTaught' });
    download('forward-forward-signs.safetensors', bytes as Uint8Array<ArrayBuffer>);
  });
}
