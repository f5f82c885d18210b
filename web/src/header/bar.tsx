/** A slim bar with the places and the run, once the first place is out of view. */
import { engineState } from '../engine/connection';
import { count, duration } from '../text';
import { own, pause, runState, train } from '../train/labs';
import { Links } from './links';
import { passedFirst } from './places';

export function Bar() {
  if (!passedFirst.value) return null;
  const running = runState.value === 'running';
  return (
    <div class="sticky">
      <b>Forward-Forward</b>
      <nav aria-label="Places">
        <Links />
      </nav>
      <span class="state">{stateText()}</span>
      <button
        type="button"
        class="primary"
        aria-label={running ? 'Pause from here' : 'Train from here'}
        disabled={engineState.value !== 'ready'}
        onClick={() => void (running ? pause() : train())}
      >
        {running ? 'Pause' : 'Train'}
      </button>
    </div>
  );
}

function stateText(): string {
  const { state, left, report } = own.value.progress.value;
  switch (state) {
    case 'fresh':
      return 'a fresh net';
    case 'running':
      return left === null ? 'starting…' : `learning, ${duration(left)} left`;
    case 'paused':
      return `paused after ${count(report?.images ?? 0)} images`;
    case 'finished':
      return 'finished';
  }
}
