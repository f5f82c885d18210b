/** Two runs side by side: their curves, what each layer brings, and what both say of the drawing. */
import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { engineState } from '../engine/connection';
import { count, percent } from '../text';
import { pause } from '../train/labs';
import { verdictOf, type RunSummary } from '../train/run';
import { titleOf } from '../train/split';
import { Curves } from './curves';
import { inWords } from './differences';
import { Disagreements } from './disagreements';
import { ExportButtons } from './export-buttons';
import { LayersOfBoth } from './layers-of-both';
import { Mirrored } from './mirrored';
import { RunShelf } from './run-shelf';
import {
  areLearning,
  differences,
  fairPlans,
  keepComparing,
  seenBy,
  sideOf,
  sides,
  trainBoth,
} from './state';
import './compare.css';

export function Compare() {
  const section = useRef<HTMLElement>(null);
  const seen = useSignal(false);
  useEffect(() => {
    const watcher = new IntersectionObserver(
      ([entry]) => (seen.value = entry!.isIntersecting),
      { rootMargin: '200px' },
    );
    watcher.observe(section.current!);
    return () => watcher.disconnect();
  }, []);
  const looksNow = seen.value;
  useEffect(() => (looksNow ? keepComparing() : undefined), [looksNow]);
  const [a, b] = sides.map(sideOf);
  return (
    <section id="compare" aria-labelledby="compare-title" ref={section}>
      <h2 id="compare-title">Compare</h2>
      <p class="lede">
        Two nets, one drawing. Some were trained beforehand; your own runs join them.
      </p>
      <RunShelf />
      {a && b && <Pair a={a} b={b} />}
    </section>
  );
}

function Pair({ a, b }: { a: RunSummary; b: RunSummary }) {
  return (
    <>
      <Verdict a={a} b={b} />
      <div class="two">
        <Curves a={a} b={b} />
        <Mirrored a={a} b={b} />
      </div>
      <LayersOfBoth a={a} b={b} />
      <div class="row">
        <TrainBoth a={a} b={b} />
        <ExportButtons a={a} b={b} />
      </div>
      <Disagreements />
    </>
  );
}

/** What tells them apart, who is better, and whether that can be said. */
function Verdict({ a, b }: { a: RunSummary; b: RunSummary }) {
  const { subjects, unfair } = differences.value!;
  return (
    <div class="verdict" role="status" aria-live={areLearning.value ? 'off' : 'polite'}>
      {unfair.length > 0 ? (
        <p>
          <span class="unequal" aria-hidden="true">
            ≠
          </span>{' '}
          <b>Not a fair comparison:</b> {unfair.join('; ')}.
        </p>
      ) : (
        <p>
          {subjects.length > 0 ? (
            <>
              They differ in <b>{inWords(subjects)}</b> only: same seed, same minibatches.
            </>
          ) : (
            'They are the same in every setting.'
          )}
        </p>
      )}
      <p>{errorsInWords(a, b)}</p>
    </div>
  );
}

function errorsInWords(a: RunSummary, b: RunSummary): string {
  const told = [a, b].map(({ results }) => {
    const last = verdictOf(results) ?? results.at(-1);
    return last
      ? `${percent(last.errors / last.tested)} of ${titleOf(last.split)} images`
      : 'nothing yet';
  });
  return `A misreads ${told[0]}, B ${told[1]}.`;
}

/** How far those that learn have come. */
function Seen() {
  const told = sides.flatMap((side) => {
    const images = seenBy(side);
    return images === null ? [] : `${side.toUpperCase()} ${count(images)}`;
  });
  return <span class="small">Images seen: {told.join(', ')}</span>;
}

function TrainBoth({ a, b }: { a: RunSummary; b: RunSummary }) {
  const ready = engineState.value === 'ready';
  const { unfair, subjects } = differences.value!;
  if (areLearning.value) {
    return (
      <>
        <button type="button" class="primary" onClick={() => sides.forEach((side) => void pause(side))}>
          Pause both
        </button>
        <Seen />
      </>
    );
  }
  return (
    <>
      <button
        type="button"
        class="primary"
        disabled={!ready}
        onClick={() => void trainBoth({ a, b })}
      >
        Train both
      </button>
      {unfair.length > 0 && subjects.length > 0 && (
        <button
          type="button"
          disabled={!ready}
          title={`Trains both anew: B as A, but with its own ${subjects[0]!.title.toLowerCase()}`}
          onClick={() => void trainBoth(fairPlans(a, b))}
        >
          Make fair
        </button>
      )}
    </>
  );
}

