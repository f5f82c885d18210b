/** The page's one engine, from start to restart. */
import { signal } from '@preact/signals';
import { choosePreset, chosenPlan, preset } from '../settings/settings';
import { attempt, say, type Action } from '../status/status';
import { Client } from './client';
import type { Answers, Event } from './protocol';
import { RefusedError, type Remedy } from './refused';

export type EngineState = 'starting' | 'ready' | 'broken';

export const engineState = signal<EngineState>('starting');

/** How the pre-trained model came about. */
export interface TrainingRecord {
  command: string;
  test_error: number;
  test_images: number;
}

export const pretrained = signal<TrainingRecord | null>(null);

/** Weights into the first units of the pre-trained model's layer 1; null until it is loaded. */
export const pretrainedFields = signal<Float32Array | null>(null);

/** Whether all is known of that model that will be, and so whether other things may be fetched. */
export const pretrainedSettled = signal(false);

/** Whether that model is not to be had. */
export const pretrainedFailed = signal(false);

/** What the engine's build is called, why it is this one, and the addresses of its files. */
export const build = signal({ title: '', explanation: '', files: [] as string[] });

const listeners = new Set<(event: Event) => void>();

/** Hears what the Worker says of its own accord. */
export function listen(listener: (event: Event) => void): void {
  listeners.add(listener);
}

export const client = new Client(
  (event) => listeners.forEach((listener) => listener(event)),
  broke,
);

function broke({ message, remedy }: RefusedError): void {
  engineState.value = 'broken';
  say('fault', `The engine stopped: ${message}`, remedy && remedies[remedy]);
}

const remedies: Record<Exclude<Remedy, null>, Action> = {
  again: { title: 'Start it again', run: () => void start() },
  reload: { title: 'Load the page again', run: () => location.reload() },
};

/** Starts the engine, and has it load the pre-trained model. */
export async function start(): Promise<void> {
  engineState.value = 'starting';
  pretrainedFields.value = null;
  client.start();
  try {
    const opened = open();
    // Asked for before there is an engine to read it, so that both are fetched at once.
    const model = askForPretrained();
    await opened;
    await configure();
    engineState.value = 'ready';
    await openPretrained(model);
  } catch (error) {
    if (error instanceof RefusedError) broke(error);
  }
}

/** The page is of use without the model, so that it may be asked for again. */
async function openPretrained(asked: ReturnType<typeof askForPretrained>): Promise<void> {
  const action = { title: 'Try again', run: () => void openPretrained(askForPretrained()) };
  pretrainedFailed.value = false;
  // What is told of the model is not needed to use it.
  const record = fetch(pretrainedFiles.record).then(
    (response) => response.json() as Promise<TrainingRecord>,
  ).catch(() => null);
  const opened = await attempt(async () => {
    const model = await asked;
    pretrainedFields.value = model.receptiveFields;
  }, action);
  pretrainedFailed.value = !opened;
  pretrained.value = await record;
  pretrainedSettled.value = true;
}

function askForPretrained(): Promise<Answers['openModel']> {
  const url = new URL(pretrainedFiles.model, document.baseURI).href;
  const asked = client.ask({ type: 'openModel', shelf: 'pretrained', url });
  // Where the engine does not start, that is what is said.
  asked.catch(() => undefined);
  return asked;
}

async function open(): Promise<void> {
  const folder = (name: string): string => new URL(name, document.baseURI).href;
  const opened = await client.ask({
    type: 'open',
    build: new URLSearchParams(location.search).get('engine'),
    engine: folder(engineFolder),
    data: folder('data/'),
  });
  build.value = opened;
  if (opened.fault) say('fault', opened.fault);
}

/** Settings from the address that contradict each other give way to the preset's own. */
async function configure(): Promise<void> {
  const fits = await attempt(() =>
    client.ask({ type: 'configure', lab: 'lab', plan: chosenPlan() }),
  );
  if (!fits) choosePreset(preset.value.name);
}
