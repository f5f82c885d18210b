/** Teaching: which net learns the signs, how far it is, and what it reads before and after. */
import { signal } from '@preact/signals';
import type { Judged, Rights } from '../engine/course';
import { say } from '../status/status';
import { bytes, count, percent, points } from '../text';
import { FetchLine } from '../train/fetch-line';
import { fetching } from '../train/labs';
import { linkTo, signs } from './signs';
import {
  base,
  bases,
  hasImages,
  isTeaching,
  obstacle,
  progress,
  saveTaught,
  stopTeaching,
  taught,
  teach,
  type Base,
} from './teaching';

/** Of MNIST's four files. */
const imagesSize = 11_594_722; // bytes

export function TeachPanel() {
  if (signs.value.length === 0) return null;
  return (
    <div class="teach">
      <BaseChoice />
      <p class="row">
        {isTeaching.value ? (
          <button type="button" class="primary" onClick={() => void stopTeaching()}>
            Stop
          </button>
        ) : (
          <button
            type="button"
            class="primary"
            disabled={obstacle.value !== null}
            onClick={() => void teach()}
          >
            {teachTitle()}
          </button>
        )}
        <button type="button" onClick={() => void copyLink()}>
          Copy a link
        </button>
        {taught.value && !isTeaching.value && (
          <button type="button" onClick={() => void saveTaught()}>
            Save the net
          </button>
        )}
      </p>
      {uncopied.value && (
        <input class="link" type="text" readOnly aria-label="Link" value={uncopied.value} />
      )}
      {obstacle.value && !isTeaching.value && <p class="small">{obstacle.value}</p>}
      {isTeaching.value && <Progress />}
      <Results />
    </div>
  );
}

function teachTitle(): string {
  const number = signs.value.length;
  const what = number === 1 ? 'Teach this sign' : `Teach these ${number} signs`;
  return base.value === 'fresh' || hasImages.value ? what : `${what} (fetches ${bytes(imagesSize)})`;
}

const titles: Record<Base, string> = {
  pretrained: 'the pre-trained net',
  lab: 'your own net',
  fresh: 'a fresh net: forget the digits',
};

function BaseChoice() {
  return (
    <p class="row">
      <label for="teach-base">Teach them to</label>
      <select
        id="teach-base"
        disabled={isTeaching.value}
        value={base.value}
        onChange={({ currentTarget }) => (base.value = currentTarget.value as Base)}
      >
        {bases.value.map((name) => (
          <option key={name} value={name}>
            {titles[name]}
          </option>
        ))}
      </select>
    </p>
  );
}

const phases = {
  preparing: 'Turning and stretching each of your drawings a little',
  learning: 'Learning your signs among old digits',
  judging: 'Reading all test digits once more',
};

function Progress() {
  if (fetching.value) return <FetchLine {...fetching.value} />;
  const { phase, share } = progress.value ?? { phase: 'preparing', share: 0 };
  const text = base.value === 'fresh' && phase !== 'preparing' ? 'Learning your signs' : phases[phase];
  return (
    <div class="progress">
      <div
        class="bar"
        role="progressbar"
        aria-label="Teaching"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={`${text}: ${percent(share, 0)}`}
      >
        <i style={{ transform: `scaleX(${share})` }} />
      </div>
      <p class="small">{text}</p>
    </div>
  );
}

/** What the net reads while it learns, and at the end, which is also said aloud. */
function Results() {
  const done = isTeaching.value ? null : taught.value;
  const shown: Judged | null = done ?? (isTeaching.value ? progress.value : null);
  return (
    <>
      {shown && shown.signs.length > 0 && (
        <dl class="figures">
          <Figure title="Your drawings, unseen" figure={rightText(sum(shown.signs))} />
          {shown.before && (
            <Figure title="Digits wrong before" figure={wrongText(shown.before)} />
          )}
          {shown.after && (
            <Figure
              title={done ? 'Digits wrong now' : `Now, of ${count(shown.after.of)}`}
              figure={wrongText(shown.after)}
            />
          )}
        </dl>
      )}
      <p class="small" role="status">
        {done && doneText(done.signs, done.before, done.after, done.seconds)}
      </p>
    </>
  );
}

function Figure({ title, figure }: { title: string; figure: string }) {
  return (
    <div>
      <dt class="small">{title}</dt>
      <dd>{figure}</dd>
    </div>
  );
}

const sum = (signs: Rights[]): Rights =>
  signs.reduce((all, { right, of }) => ({ right: all.right + right, of: all.of + of }));
const rightText = ({ right, of }: Rights): string => (of > 0 ? `${right} of ${of} right` : '–');
const wrong = ({ right, of }: Rights): number => 1 - right / of;
const wrongText = (rights: Rights): string => percent(wrong(rights));

function doneText(
  signs: Rights[],
  before: Rights | null,
  after: Rights | null,
  seconds: number,
): string {
  const taughtIn = `Taught in ${seconds.toFixed(1)} seconds. `;
  const { of } = sum(signs);
  const unseen = of > 0 ? `The ${of} drawings with dashes were kept back to judge by. ` : '';
  const change = before && after ? changeText(wrong(after) - wrong(before)) : '';
  return `${taughtIn}${unseen}${change}Draw a sign on the pad at the top.`;
}

function changeText(difference: number): string {
  if (difference === 0) return 'Digits are read as well as before. ';
  const by = points(Math.abs(difference)).replace('+', '');
  return `Digits are read ${by} ${difference > 0 ? 'worse' : 'better'}. `;
}

/** A link that the browser would not copy, to be copied by hand. */
const uncopied = signal<string | null>(null);

async function copyLink(): Promise<void> {
  const link = linkTo(signs.value);
  try {
    await navigator.clipboard.writeText(link);
    uncopied.value = null;
    say('note', 'The link is copied. Whoever opens it is offered your signs.');
  } catch {
    uncopied.value = link;
  }
}
