/** The answer, who gave it, and what the net saw. */
import { useComputed } from '@preact/signals';
import { engineState, pretrainedFailed } from '../engine/connection';
import type { Judge } from '../engine/protocol';
import { labConfig } from '../settings/settings';
import { milliseconds, percent } from '../text';
import { modelFile } from '../train/model-file';
import { isBlank } from '../draw/pad-state';
import { DigitImage, inputFor } from './digit-image';
import { Judges } from './judges';
import { nameOf } from './labels';
import { canRead, isReading, reading, shownReading } from './reading';

export function Answer() {
  return (
    <div class="answer">
      <Prediction />
      <Details />
      <Judges />
    </div>
  );
}

/** Changes only when the digit does, so that a screen reader is not told the same twice. */
function Prediction() {
  const label = useComputed(() => reading.value?.label ?? null);
  const name = useComputed(() => {
    const seen = reading.value;
    return seen && nameOf(seen.label, dataSetOf(seen.judge));
  });
  return (
    <output
      class="prediction"
      aria-label="Prediction"
      aria-live="polite"
      aria-busy={isReading.value}
    >
      {label.value === null ? (
        <span class="nothing">{whyNone()}</span>
      ) : (
        <>
          <span class="small">This is a</span> <strong>{label.value}</strong>
          {name.value && <span class="small">{name.value}</span>}
        </>
      )}
    </output>
  );
}

/** What a judge learnt to read; the net that the page came with reads digits. */
function dataSetOf(judge: Judge): string {
  const configs = { pretrained: null, file: modelFile.value?.config, lab: labConfig.value };
  return configs[judge]?.dataset ?? 'mnist';
}

function whyNone(): string {
  if (isBlank.value) return 'Nothing drawn yet.';
  if (engineState.value === 'broken') return 'The engine is not running.';
  if (canRead.value) return 'Nothing to read.';
  return pretrainedFailed.value ? 'The pre-trained net could not be loaded.' : 'Loading the net…';
}

function Details() {
  const seen = reading.value;
  const shown = shownReading.value;
  const pixels = shown ? inputFor(shown.inputs, shown.label) : null;
  const labelled = shown?.layers !== 0;
  return (
    <div class="details">
      {seen && (
        <p class="small">
          {seen.softmax.length > 0 && (
            <>
              One-pass softmax: {seen.softmaxLabel} ({percent(seen.softmax[seen.softmaxLabel]!, 0)})
              <br />
            </>
          )}
          Answered in {milliseconds(seen.milliseconds)}
        </p>
      )}
      <figure class={`sees ${seen ? '' : 'example'}`}>
        <figcaption class="small">What the net sees</figcaption>
        <DigitImage
          pixels={pixels}
          title={
            seen
              ? `Your digit as the net sees it, ${
                  labelled ? `with label ${seen.label} written into its top row` : 'without a label'
                }`
              : 'An example, until you draw'
          }
        />
        <span class="small">
          28 × 28, {labelled ? 'the label in its top row' : 'without a label'}
        </span>
      </figure>
    </div>
  );
}
