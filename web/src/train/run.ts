/** A run as the page sees it: made of what the Worker tells of one lab. */
import { computed, signal } from '@preact/signals';
import type { Misread } from '../engine/misread';
import type { Hybrids, LabEvent, Pairs, Progress, RunPlan, RunRecord, TestResult } from '../engine/protocol';
import type { Config } from '../generated/config';

/** A point of the curve of mistakes. */
export interface Tested {
  images: number;
  /** Seconds that the run had taken. */
  elapsed: number;
  /** Share misread. */
  error: number;
  /** Of all images, or of a sample. */
  full: boolean;
}

/** What is known of a run wherever it is: in a lab, kept, or trained beforehand. */
export type RunSummary = Pick<RunRecord, 'id' | 'name' | 'preset' | 'config' | 'results'>;

export class Run {
  readonly id: string;
  readonly name: string;
  readonly preset: string;
  /** What its net was made with, and live settings as they are by now. */
  readonly config;
  /** What its net learns to tell apart. */
  readonly pairs: Pairs;
  readonly progress;
  readonly results;
  /** Images tested so far, while a test goes on. */
  readonly testing = signal<Extract<LabEvent, { type: 'testing' }>['progress']>(null);
  /** What the net took images for when it was last tested on all of them. */
  readonly misread = signal<Misread | null>(null);
  readonly receptiveFields = signal<Float32Array | null>(null);
  /** Of the last minibatch; null where there are none. */
  readonly hybrids = signal<Hybrids | null>(null);

  readonly state = computed(() => this.progress.value.state);
  /** Whether the net has learnt anything. */
  readonly hasBegun = computed(() => (this.progress.value.report?.step ?? 0) > 0);
  readonly latest = computed<TestResult | null>(() => this.results.value.at(-1) ?? null);
  readonly curve = computed(() => curveOf(this.results.value));

  constructor({ id, name, preset, config, pairs, progress, results }: RunRecord) {
    this.id = id;
    this.name = name;
    this.preset = preset;
    this.pairs = pairs;
    this.config = signal<Config>(config);
    this.progress = signal<Progress>(progress);
    this.results = signal(results);
  }

  hear(event: Exclude<LabEvent, { type: 'begun' | 'broken' }>): void {
    switch (event.type) {
      case 'progress':
        this.progress.value = event.progress;
        return;
      case 'testing':
        this.testing.value = event.progress;
        return;
      case 'tested':
        this.results.value = [...this.results.value, event.result];
        return;
      case 'misread':
        this.misread.value = event.misread;
        return;
      case 'receptiveFields':
        this.receptiveFields.value = event.weights;
        return;
      case 'hybrids':
        this.hybrids.value = event.hybrids;
    }
  }
}

/** Of the images to choose by, if there are any; a test in the end is no point of it. */
export function curveOf(results: TestResult[]): Tested[] {
  const split = results[0]?.split;
  return results
    .filter((result) => result.split === split)
    .map(({ images, elapsed, errors, tested, full }) => ({
      images,
      elapsed,
      error: errors / tested,
      full,
    }));
}

/** The last result on all test images, if the net was judged by them after it last learnt. */
export function verdictOf(results: TestResult[]): TestResult | null {
  const last = results.at(-1);
  return results.findLast(({ split, images, full }) => split === 'test' && full && images === last?.images) ?? null;
}

/** A run before its lab has told of any. */
export const unbegun = (plan: RunPlan): Run =>
  new Run({
    ...plan,
    id: '',
    pairs: 'labels',
    progress: { state: 'fresh', hasData: false, rate: 0, elapsed: 0, left: null, report: null },
    results: [],
    changed: 0,
  });
