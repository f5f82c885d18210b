/** Which net reads the drawing. */
import { effect } from '@preact/signals';
import { modelFile } from '../train/model-file';
import { adopt, own, runState } from '../train/labs';
import { engineState, pretrained } from '../engine/connection';
import {
  convolutionBytes,
  convolutionError,
  convolutionState,
  fetchConvolution,
} from '../engine/convolution';
import { dataSets } from '../engine/data-sets';
import type { Judge } from '../engine/protocol';
import type { Config } from '../generated/config';
import { keepUsed } from '../offline/kept';
import { bytes, percent } from '../text';
import { taught } from '../signs/teaching';
import { judge, readBy } from './reading';

export function Judges() {
  const options: { value: Judge; title: string; note: string }[] = [
    { value: 'pretrained', title: 'Pre-trained net', note: pretrainedNote() },
    { value: 'convolution', title: 'Convolutional net', note: convolutionNote() },
    // There from the start, so that nothing moves when a run begins.
    { value: 'lab', title: 'Your own net', note: labNote() },
  ];
  if (modelFile.value) {
    const { name, config } = modelFile.value;
    options.push({ value: 'file', title: name, note: config.layers.join('-') });
  }
  if (taught.value) {
    options.push({ value: 'taught', title: 'Your signs', note: taught.value.names.join(' ') });
  }
  return (
    <fieldset class="judges">
      <legend class="small">Read by</legend>
      {options.map(({ value, title, note }) => (
        <label key={value}>
          <input
            type="radio"
            name="judge"
            checked={judge.value === value}
            disabled={value === 'lab' && !own.value.hasBegun.value && judge.value !== 'lab'}
            onClick={() => (value === 'convolution' ? void readByConvolution() : readBy(value))}
          />
          <span>{title}</span> <span class="small">{note}</span>
        </label>
      ))}
      {modelFile.value && canGoOn(modelFile.value.config) && runState.value !== 'running' && (
        <button type="button" class="quiet" onClick={() => void adopt(modelFile.value!.name)}>
          Go on learning with this file
        </button>
      )}
    </fieldset>
  );
}

/** Whether what it learnt from lies beside this page. */
const canGoOn = ({ dataset }: Config): boolean => dataSets.includes(dataset);

/** It is fetched when it is asked for; where it is not to be had, the one before reads on. */
async function readByConvolution(): Promise<void> {
  const before = judge.peek();
  readBy('convolution');
  if (convolutionState.peek() === 'fetching') return; // whoever asked first goes on with it
  const there = await fetchConvolution(() => void readByConvolution());
  if (there) keepUsed(convolutionFile.model);
  else if (judge.peek() === 'convolution') readBy(before === 'convolution' ? 'pretrained' : before);
}

// An engine that starts again has only the pre-trained net.
effect(() => {
  if (engineState.value !== 'ready' && judge.peek() === 'convolution') judge.value = 'pretrained';
});

function convolutionNote(): string {
  const state = { unasked: bytes(convolutionBytes), fetching: 'on its way', ready: '' }[
    convolutionState.value
  ];
  return [`${percent(convolutionError)} wrong`, state].filter(Boolean).join(', ');
}

function pretrainedNote(): string {
  const record = pretrained.value;
  return record ? `${percent(record.test_error)} wrong` : '';
}

function labNote(): string {
  const result = own.value.latest.value;
  const state = { fresh: 'untrained', running: 'learning', paused: 'paused', finished: 'finished' }[
    runState.value
  ];
  return result ? `${state}, ${percent(result.errors / result.tested)} wrong` : state;
}
