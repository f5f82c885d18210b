/** What the net takes the picture for, how sure it is, and what each of its layers says. */
import { isBlank, played, truth } from '../draw/pad-state';
import { Source } from '../draw/tools';
import { engineState, pretrainedFailed } from '../engine/connection';
import type { Reading } from '../engine/protocol';
import { nameOf } from './labels';
import { canRead, isReading, padReading } from './reading';
import { holds, verdictOf, type Verdict } from './verdict';

export function Answer() {
  const now = padReading.value;
  const verdict = now && verdictOf(now, truth.value);
  return (
    <div class="answer">
      <div
        class={`prediction ${verdict ? verdict.kind : ''} ${verdict && holds(verdict) ? 'holds' : ''}`}
        role="group"
        aria-label="Prediction"
        aria-busy={isReading.value}
      >
        {verdict ? (
          <>
            <span class="small">It says</span>{' '}
            <strong class={verdict.name.length > 2 ? 'word' : ''}>{verdict.name}</strong>{' '}
            <span class="sure">{verdict.words}</span>
          </>
        ) : (
          <span class="nothing">{whyNone()}</span>
        )}
      </div>
      <div class="reasons small">
        {verdict && <Truth {...verdict} />}
        <Source />
        {verdict && <p class="leads">{verdict.lead}</p>}
        {now && <Votes {...now} />}
      </div>
    </div>
  );
}

function Truth({ right }: Verdict) {
  if (right === null) return null;
  return <p class="truth">{right ? '✓ right' : '✗ wrong'}</p>;
}

function whyNone(): string {
  if (played.value === null && isBlank.value) return 'Nothing drawn yet.';
  if (engineState.value === 'broken') return 'The engine is not running.';
  if (!canRead.value) {
    return pretrainedFailed.value ? 'The pre-trained net could not be loaded.' : 'Loading the net…';
  }
  return isReading.value || isBlank.value ? 'Reading…' : 'Nothing to read.';
}

/** More are told of together. */
const mostVotes = 3;

function Votes(now: Reading) {
  const votes = now.scores.filter(({ name, layer }) => name === 'layer' && now.counted[layer]);
  if (votes.length < 2) return null;
  if (votes.length > mostVotes) {
    const agree = votes.filter(({ label }) => label === now.label).length;
    return (
      <p class="votes">
        {agree} of {votes.length} layers alone: <b>{nameOf(now.label, now)}</b>
      </p>
    );
  }
  return (
    <p class="votes">
      {votes.map(({ layer, label }) => (
        <span key={layer}>
          layer {layer + 1} alone: <b>{nameOf(label, now)}</b>
        </span>
      ))}
    </p>
  );
}
