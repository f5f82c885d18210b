/** The page's one engine, from start to restart. */
import { signal } from '@preact/signals';
import type { Config } from '../generated/config';
import { choosePreset, config, preset } from '../settings/settings';
import { say } from '../status/status';
import { Client, RefusedError } from './client';
import type { Event } from './protocol';

export type EngineState = 'starting' | 'ready' | 'broken';

export const engineState = signal<EngineState>('starting');

/** How the pre-trained model came about. */
export interface TrainingRecord {
  command: string;
  test_error: number;
  test_images: number;
}

export const pretrained = signal<TrainingRecord | null>(null);

/** Weights into the first units of the pre-trained model's layer 1. */
export const pretrainedFields = signal<Float32Array | null>(null);

/** What the engine's build is called. */
export const buildTitle = signal('');

const listeners = new Set<(event: Event) => void>();

/** Hears what the Worker says of its own accord. */
export function listen(listener: (event: Event) => void): void {
  listeners.add(listener);
}

export const client = new Client((event) => listeners.forEach((listener) => listener(event)), broke);

function broke(reason: string): void {
  engineState.value = 'broken';
  const text = `The engine stopped: ${reason.replace(/\.$/, '')}.`;
  say('fault', text, { title: 'Start it again', run: () => void start() });
}

/** Loads the engine and the pre-trained model. */
export async function start(): Promise<void> {
  engineState.value = 'starting';
  client.start();
  try {
    await open();
    const url = new URL('models/pretrained.safetensors', document.baseURI).href;
    const { receptiveFields } = await client.ask({ type: 'openPretrained', url });
    pretrainedFields.value = receptiveFields;
    engineState.value = 'ready';
    const response = await fetch('models/pretrained.json');
    if (response.ok) pretrained.value = (await response.json()) as TrainingRecord;
  } catch (error) {
    if (error instanceof RefusedError) broke(error.message);
  }
}

/** Settings that contradict each other give way to the preset's own. */
async function open(): Promise<void> {
  try {
    await openWith(config.value);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    say('fault', error.message);
    choosePreset(preset.value.name);
    await openWith(config.value);
  }
}

async function openWith(config: Config): Promise<void> {
  const data = new URL('data/', document.baseURI).href;
  const build = new URLSearchParams(location.search).get('engine');
  const opened = await client.ask({ type: 'open', build, data, config });
  buildTitle.value = opened.build;
  if (opened.fault) say('fault', opened.fault);
}
