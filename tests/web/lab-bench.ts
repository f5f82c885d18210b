/** A lab at work on a small sample, and what it says: made anew for every test. */
import { beforeAll, beforeEach, expect, vi } from 'vitest';
import createEngine from '@engine/ff-simd.js';
import type { Engine } from '../../web/src/engine/builds';
import type { DataSplit, FetchSplit } from '../../web/src/engine/data';
import { Lab } from '../../web/src/engine/lab';
import type { LabEvent as Event, RunRecord } from '../../web/src/engine/protocol';
import type { Config } from '../../web/src/generated/config';
import { sampleSplit } from './sample-data';

export const data: Record<string, DataSplit> = { train: sampleSplit(200), test: sampleSplit(50) };

export let engine: Engine;
export let config: Config;
export let events: Event[];
export let lab: Lab;
/** What was kept, each time. */
export let kept: { record: RunRecord; net: Uint8Array }[];

const fromSample: FetchSplit = (_, split) => Promise.resolve(data[split]!);
let fetchSplit: FetchSplit;

/** How the next data come; from the sample by default. */
export function fetchBy(fetch: FetchSplit = fromSample): void {
  fetchSplit = fetch;
}

/** To labs that are made from now on. */
export function listenAnew(): void {
  events = [];
}

export const plan = (of: Config) => ({ name: 'A run', preset: 'supervised', config: of });

beforeAll(async () => {
  engine = await createEngine();
});

beforeEach(() => {
  const session = new engine.Session();
  const small = { layers: [20, 10], batch: 20, epochs: 3, objective: 'logistic', seed: 5 };
  session.configure(JSON.stringify(small));
  config = JSON.parse(session.config()) as Config;
  session.delete();
  listenAnew();
  kept = [];
  fetchBy();
  lab = makeLab();
});

/** Its events go where this test looks for them, however long it works on. */
export function makeLab(now = () => performance.now()): Lab {
  const [mine, mineKept] = [events, kept];
  return new Lab(engine, {
    fetchSplit: (dataset, split) => fetchSplit(dataset, split),
    post: (event) => mine.push(event),
    keep: (record, net) => mineKept.push({ record, net }),
    turn: () => new Promise((resolve) => setImmediate(resolve)),
    now,
  });
}

/** However busy the machine is. */
export const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000 });
export const ofType = <Type extends Event['type']>(type: Type) =>
  events.filter((event): event is Extract<Event, { type: Type }> => event.type === type);
export const state = () => ofType('progress').at(-1)!.progress.state;
export const report = () => ofType('progress').at(-1)!.progress.report!;
export const settled = (wanted: string) => until(() => expect(state()).toBe(wanted));
export const tested = () => until(() => expect(ofType('tested').length).toBeGreaterThan(0));
