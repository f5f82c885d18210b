/** What the pad is drawn with, over its lower edge. */
import { untouchedDigit } from './drawing';
import { clearIcon, eraserIcon, nextIcon, undoIcon } from './icons';
import {
  awaitingDigit,
  clear,
  deeds,
  erasing,
  nextTestDigit,
  drawing,
  stroking,
  undo,
} from './pad-state';
import { FetchLine } from '../train/fetch-line';
import { fetching } from '../train/labs';

export function Tools() {
  return (
    <div class={`tools ${stroking.value ? 'aside' : ''}`} role="group" aria-label="Tools">
      <button type="button" title="Clear" onClick={clear}>
        {clearIcon}
        <span class="name">Clear</span>
      </button>
      <button
        type="button"
        title="Undo"
        onClick={undo}
        disabled={deeds.value.length === 0}
      >
        {undoIcon}
        <span class="unseen">Undo</span>
      </button>
      <button
        type="button"
        title="Eraser"
        aria-pressed={erasing.value}
        onClick={() => (erasing.value = !erasing.value)}
      >
        {eraserIcon}
        <span class="unseen">Eraser</span>
      </button>
      <button type="button" title="Test digit" onClick={() => void nextTestDigit()}>
        <span class="name">Test digit</span>
        {nextIcon}
      </button>
    </div>
  );
}

/** Where the picture on the pad is from, unless it was drawn. */
export function Source() {
  if (awaitingDigit.value && fetching.value) return <FetchLine {...fetching.value} />;
  const digit = untouchedDigit(drawing.value);
  if (!digit) return null;
  return (
    <p class="small">
      Test image {digit.index}, labelled {digit.name}.
    </p>
  );
}
