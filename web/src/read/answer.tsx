/** The answer, who gave it, and what the net saw. */
import { Fragment } from 'preact';
import { useComputed } from '@preact/signals';
import { engineState, pretrainedFailed } from '../engine/connection';
import { capitalised, milliseconds, percent } from '../text';
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
  const name = useComputed(() => reading.value && nameOf(reading.value.label, reading.value));
  return (
    <output
      class="prediction"
      aria-label="Prediction"
      aria-live="polite"
      aria-busy={isReading.value}
    >
      {name.value === null ? (
        <span class="nothing">{whyNone()}</span>
      ) : (
        <>
          <span class="small">This is a</span>{' '}
          <strong class={name.value.length > 2 ? 'word' : ''}>{name.value}</strong>
        </>
      )}
    </output>
  );
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
  const labelled = shown?.counted.length !== 0;
  return (
    <div class="details">
      {seen && (
        <p class="small">
          {seen.scores
            .filter(({ probabilities }) => probabilities)
            .map(({ name, title, label, values }) => (
              <Fragment key={name}>
                {capitalised(title)}: {nameOf(label, seen)} ({percent(values[label]!, 0)})
                <br />
              </Fragment>
            ))}
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
                  labelled ? `with label ${nameOf(seen.label, seen)} written in` : 'without a label'
                }`
              : 'An example, until you draw'
          }
        />
        <span class="small">
          28 × 28, {labelled ? 'the label written in' : 'without a label'}
        </span>
      </figure>
    </div>
  );
}
