/** The run in the lab, as the Worker tells of it, and what a person does to it. */
import { batch, computed, effect, signal } from '@preact/signals';
import { client, engineState, listen } from '../engine/connection';
import type { Misread } from '../engine/misread';
import type { Event, Hybrids, Pairs, Progress, TestResult } from '../engine/protocol';
import type { Config } from '../generated/config';
import { judge } from '../read/reading';
import { choose, config, labConfig } from '../settings/settings';
import { attempt, say } from '../status/status';

/** A point of the curve of mistakes. */
export interface Tested {
  images: number;
  /** Share misread. */
  error: number;
  /** Of all test images, or of a sample. */
  full: boolean;
}

export const progress = signal<Progress | null>(null);
export const results = signal<TestResult[]>([]);
/** The curve of the run before this one. */
export const previousCurve = signal<Tested[]>([]);
/** Images tested so far, while a test goes on. */
export const testing = signal<{ tested: number; of: number } | null>(null);
/** What the net took test images for when it last came to rest. */
export const misread = signal<Misread | null>(null);
/** Of the lab's net. */
export const receptiveFields = signal<Float32Array | null>(null);
/** What the lab's net learns to tell apart. */
export const pairs = signal<Pairs>('labels');
/** Of the last minibatch; null where there are none. */
export const hybrids = signal<Hybrids | null>(null);
/** Bytes on their way; null when there are none. */
export const fetching = signal<{ received: number; total: number } | null>(null);

export const runState = computed(() => progress.value?.state ?? 'fresh');
/** Whether the lab's net has learnt anything. */
export const labHasRun = computed(() => (progress.value?.report?.step ?? 0) > 0);
export const latest = computed<TestResult | null>(() => results.value.at(-1) ?? null);
export const curve = computed<Tested[]>(() => results.value.map(pointOf));

const pointOf = ({ images, errors, tested, full }: TestResult): Tested => ({
  images,
  error: errors / tested,
  full,
});

listen((event: Event) => {
  switch (event.type) {
    case 'begun':
      begun(event);
      return;
    case 'progress':
      progress.value = event.progress;
      return;
    case 'testing':
      testing.value = event.progress;
      return;
    case 'tested':
      results.value = [...results.value, event.result];
      return;
    case 'misread':
      misread.value = event.misread;
      return;
    case 'receptiveFields':
      receptiveFields.value = event.weights;
      return;
    case 'hybrids':
      hybrids.value = event.hybrids;
      return;
    case 'fetching':
      fetching.value = { received: event.received, total: event.total };
      return;
    case 'fetched':
      fetching.value = null;
      return;
    case 'broken':
      say('fault', `Training stopped: ${event.message}`);
  }
});

function begun(event: { config: Config; pairs: Pairs }): void {
  batch(() => {
    labConfig.value = event.config;
    pairs.value = event.pairs;
    hybrids.value = null;
    if (curve.value.length > 1) previousCurve.value = curve.value;
    results.value = [];
    misread.value = null;
  });
}

/** Gives a net that has not begun the settings as they are chosen. */
export function keepConfigured(): void {
  effect(() => {
    const chosen = config.value;
    if (engineState.value !== 'ready' || runState.peek() !== 'fresh') return;
    void attempt(() => client.ask({ type: 'configure', config: chosen }));
  });
}

export async function train(): Promise<void> {
  const done = await attempt(() => client.ask({ type: 'train', config: config.value }), {
    title: 'Try again',
    run: () => void train(),
  });
  if (done) judge.value = 'lab';
}

export async function step(): Promise<void> {
  const done = await attempt(() => client.ask({ type: 'step', config: config.value }), {
    title: 'Try again',
    run: () => void step(),
  });
  if (done) judge.value = 'lab';
}

export const pause = (): Promise<boolean> => attempt(() => client.ask({ type: 'pause' }));

export const reset = (): Promise<boolean> =>
  attempt(() => client.ask({ type: 'reset', config: config.value }));

export const cancelFetching = (): Promise<boolean> => attempt(() => client.ask({ type: 'cancel' }));

/** Settings that may change during a run do so at once. */
export function adjust(changes: Partial<Config>): void {
  const present = labConfig.value;
  if (!present || runState.value === 'fresh' || runState.value === 'finished') return;
  void attempt(async () => {
    await client.ask({ type: 'adjust', changes });
    labConfig.value = { ...present, ...changes };
  });
}

/** Goes on training the net of the model file. */
export async function adopt(): Promise<void> {
  const done = await attempt(async () => {
    const adopted = await client.ask({ type: 'adopt' });
    choose(adopted.config);
  });
  if (done) judge.value = 'lab';
}
