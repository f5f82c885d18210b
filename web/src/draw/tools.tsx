/** What the pad is drawn with. */
import { useId } from 'preact/hooks';
import {
  awaitingDigit,
  brush,
  clear,
  drawing,
  erasing,
  nextTestDigit,
  thickest,
  thinnest,
  undo,
} from './pad-state';
import { FetchLine } from '../train/fetch-line';
import { fetching } from '../train/run';
import { untouchedDigit } from './drawing';

export function Tools() {
  const id = useId();
  return (
    <div class="tools">
      <div class="row">
        <button type="button" onClick={clear}>
          Clear
        </button>
        <button type="button" onClick={undo} disabled={drawing.value.length === 0}>
          Undo
        </button>
        <button
          type="button"
          aria-pressed={erasing.value}
          onClick={() => (erasing.value = !erasing.value)}
        >
          Eraser
        </button>
      </div>
      <div class="brush">
        <label for={id}>Brush</label>
        <span class="dot thin" aria-hidden="true" />
        <input
          id={id}
          type="range"
          min={thinnest}
          max={thickest}
          step={0.005}
          value={brush.value}
          aria-valuetext={`${Math.round(brush.value * 100)} % of the pad's width`}
          onInput={(event) => (brush.value = event.currentTarget.valueAsNumber)}
        />
        <span class="dot thick" aria-hidden="true" />
      </div>
      <button type="button" onClick={() => void nextTestDigit()}>
        Next test digit
      </button>
      {awaitingDigit.value && fetching.value ? <FetchLine {...fetching.value} /> : <Source />}
    </div>
  );
}

/** Where the picture on the pad is from, unless it was drawn. */
function Source() {
  const digit = untouchedDigit(drawing.value);
  if (!digit) return null;
  return (
    <p class="small">
      Test image {digit.index}, labelled {digit.label}.
    </p>
  );
}
