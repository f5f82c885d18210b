/** Model files: saved from the lab, loaded to read drawings. */
import { effect, signal } from '@preact/signals';
import { client, engineState } from '../engine/connection';
import { RefusedError } from '../engine/refused';
import type { Config } from '../generated/config';
import { judge, readAnew, readBy } from '../read/reading';
import { attempt, say } from '../status/status';
import { download } from './download';
import { own } from './labs';

const extension = '.safetensors';
/** The largest net that the settings allow is below this; what is above is no model file of ours. */
const largest = 2e9; // bytes

/** The model file that is loaded. */
export const modelFile = signal<{ name: string; config: Config } | null>(null);

// An engine that starts again has no model file.
effect(() => {
  if (engineState.value === 'ready') return;
  modelFile.value = null;
  if (judge.peek() === 'file') judge.value = 'pretrained';
});

/** Hands the person a file with the lab's net. */
export async function saveModel(): Promise<void> {
  await attempt(async () => {
    const bytes = await client.ask({ type: 'save', lab: 'lab' });
    const layers = own.value.config.value.layers.join('-').replaceAll(' ', '-');
    download(`forward-forward-${layers}${extension}`, bytes as Uint8Array<ArrayBuffer>);
  });
}

/** Lets the net of a file read the drawing. The run in the lab goes on untouched. */
export async function loadModel(file: File): Promise<void> {
  await attempt(async () => {
    if (file.size > largest)
      throw new Error(`${file.name}: expected a model file, this is too large.`);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { config } = await client.ask({ type: 'openFile', bytes }).catch((error: unknown) => {
      if (!(error instanceof RefusedError)) throw error;
      throw new Error(`${file.name}: ${error.message.replace(/^model file: /, '')}`);
    });
    modelFile.value = { name: file.name, config };
    readBy('file');
    readAnew();
    say('note', `${file.name} now reads your drawing.`);
  });
}
