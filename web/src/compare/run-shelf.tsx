/** All runs that can be compared, each with a button for either side. */
import type { RunRecord } from '../engine/protocol';
import type { RunSummary } from '../train/run';
import { forget, kept } from '../train/shelf';
import { choose, isChosen, shelf, sides } from './state';

export function RunShelf() {
  return (
    <ul class="shelf">
      {shelf.value.map((run) => (
        <li key={run.id}>
          <Chip run={run} />
        </li>
      ))}
    </ul>
  );
}

function Chip({ run }: { run: RunSummary }) {
  const own = kept.value.find(({ id }) => id === run.id);
  return (
    <div class={`chip ${sides.filter((side) => isChosen(side, run.id)).join(' ')}`}>
      <span>{run.name}</span>
      {sides.map((side) => (
        <button
          key={side}
          type="button"
          class="quiet"
          aria-pressed={isChosen(side, run.id)}
          aria-label={`${run.name} as ${side.toUpperCase()}`}
          onClick={() => choose(side, run.id)}
        >
          {side.toUpperCase()}
        </button>
      ))}
      {own && <Forget run={own} />}
    </div>
  );
}

function Forget({ run }: { run: RunRecord }) {
  return (
    <button
      type="button"
      class="quiet"
      aria-label={`Forget ${run.name}`}
      title="Forget this run"
      onClick={() => void forget(run)}
    >
      ✕
    </button>
  );
}
