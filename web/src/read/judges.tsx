/** Which net reads the drawing. */
import { modelFile } from '../train/model-file';
import { adopt, labHasRun, latest, runState } from '../train/run';
import { pretrained } from '../engine/connection';
import type { Judge } from '../engine/protocol';
import { percent } from '../text';
import { judge } from './reading';

export function Judges() {
  const options: { value: Judge; title: string; note: string }[] = [
    { value: 'pretrained', title: 'Pre-trained net', note: pretrainedNote() },
  ];
  if (modelFile.value) {
    const { name, config } = modelFile.value;
    options.push({ value: 'file', title: name, note: config.layers.join('-') });
  }
  if (labHasRun.value || judge.value === 'lab') {
    options.push({ value: 'lab', title: 'Your own net', note: labNote() });
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
            onChange={() => (judge.value = value)}
          />
          <span>{title}</span> <span class="small">{note}</span>
        </label>
      ))}
      {modelFile.value && runState.value !== 'running' && (
        <button type="button" class="quiet" onClick={() => void adopt()}>
          Go on learning with this file
        </button>
      )}
    </fieldset>
  );
}

function pretrainedNote(): string {
  const record = pretrained.value;
  return record ? `${percent(record.test_error)} wrong` : '';
}

function labNote(): string {
  const result = latest.value;
  const state = runState.value === 'running' ? 'learning' : runState.value;
  return result ? `${state}, ${percent(result.errors / result.tested)} wrong` : state;
}
