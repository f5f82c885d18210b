/** Train, Pause, Step, Reset; how far it is; model files. */
import { useRef } from 'preact/hooks';
import { build, engineState } from '../engine/connection';
import { bytesToFetch } from '../offline/kept';
import { chosenPlan } from '../settings/settings';
import { say } from '../status/status';
import { bytes, count, duration, percent } from '../text';
import { loadModel, saveModel } from './model-file';
import { FetchLine, fetchText } from './fetch-line';
import { fetching, isOther, judgeRun, pause, reset, step, train, trainAnew } from './labs';
import { verdictOf, type Run } from './run';
import { restore } from './shelf';
import { titleOf } from './split';

export function RunControls({ run }: { run: Run }) {
  const ready = engineState.value === 'ready';
  const running = run.state.value === 'running';
  return (
    <div class="run-controls">
      <div class="row">
        <Begin run={run} ready={ready} />
        <button type="button" disabled={!ready || running} onClick={() => void step()}>
          Step
        </button>
        <button type="button" disabled={!ready} onClick={() => void beginAnew(run)}>
          Reset
        </button>
        <span class="gap" />
        <ModelFile ready={ready} />
      </div>
      {fetching.value ? <FetchProgress {...fetching.value} /> : <RunProgress run={run} />}
    </div>
  );
}

/** What is chosen may be another run than the one that is there: then each is called by its name. */
function Begin({ run, ready }: { run: Run; ready: boolean }) {
  const other = isOther.value;
  const state = run.state.value;
  const half = state === 'paused' || state === 'running';
  return (
    <>
      {other && half && (
        <button type="button" class="primary" disabled={!ready} onClick={() => void trainAnew()}>
          Train as new run: {chosenPlan().name}
        </button>
      )}
      <TrainOrPause
        isRunning={state === 'running'}
        title={half && other ? `Go on with ${run.name}` : 'Train'}
        isFirst={!(other && half)}
      />
    </>
  );
}

interface TrainProps {
  isRunning: boolean;
  title: string;
  isFirst: boolean;
}

/** One button, so that it keeps the focus. What is in brackets is no part of its name. */
function TrainOrPause({ isRunning, title, isFirst }: TrainProps) {
  const size = bytesToFetch.value > 0 ? bytes(bytesToFetch.value) : null;
  const trains = size ? `${title} (fetches ${size})` : title;
  return (
    <button
      id="run"
      type="button"
      class={isFirst ? 'primary' : ''}
      disabled={!isRunning && engineState.value !== 'ready'}
      aria-label={isRunning ? 'Pause' : title}
      aria-description={isRunning || !size ? undefined : `fetches ${size}`}
      onClick={() => void (isRunning ? pause() : train())}
    >
      {isRunning ? 'Pause' : trains}
    </button>
  );
}

/** A fresh net; what was there is kept, so that it can be had back. */
async function beginAnew(before: Run): Promise<void> {
  if (!(await reset()) || !before.hasBegun.peek()) return;
  say('note', `${before.name} is kept, as it was.`, {
    title: 'Undo',
    run: () => void restore(before),
  });
}

function ModelFile({ ready }: { ready: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" disabled={!ready} onClick={() => void saveModel()}>
        Save model
      </button>
      <button
        type="button"
        disabled={!ready}
        title="Or drop the file anywhere on this page"
        onClick={() => input.current!.click()}
      >
        Load model
      </button>
      <input
        ref={input}
        class="unseen"
        type="file"
        accept=".safetensors"
        aria-label="Model file"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) void loadModel(file);
        }}
      />
    </>
  );
}

function FetchProgress({ received, total }: { received: number; total: number }) {
  const share = total > 0 ? received / total : 0;
  return (
    <div class="progress">
      <Bar name="Fetching the images" share={share} text={fetchText(received, total)} />
      <FetchLine received={received} total={total} />
    </div>
  );
}

function RunProgress({ run }: { run: Run }) {
  const { report } = run.progress.value;
  const share = report && report.steps > 0 ? report.step / report.steps : 0;
  const testing = run.testing.value;
  return (
    <div class="progress">
      <Bar name="Progress" share={share} text={percent(share, 0)} />
      <p class="small row">
        {stateText(run)}
        {testing &&
          ` · ${titleOf(testing.split)}: ${count(testing.tested)} of ${count(testing.of)}`}
        <JudgeButton run={run} />
        <span class="gap" />
        <span title={build.value.explanation}>
          {build.value.title}
          <span class="unseen">. {build.value.explanation}</span>
        </span>
      </p>
    </div>
  );
}

/** The test set judges once, in the end; before that it may be asked. */
function JudgeButton({ run }: { run: Run }) {
  const rests = run.state.value === 'paused' && run.testing.value === null;
  if (!rests || !run.hasBegun.value || verdictOf(run.results.value)) return null;
  return (
    <button type="button" class="quiet" onClick={() => void judgeRun()}>
      Judge on the test set
    </button>
  );
}

function stateText(run: Run): string {
  const { state, left, report } = run.progress.value;
  switch (state) {
    case 'fresh':
      return 'A fresh net. Train fetches the images first; Step learns from one minibatch.';
    case 'running':
      return left === null ? 'Starting…' : `${duration(left)} left`;
    case 'paused':
      return `Paused after ${count(report?.images ?? 0)} images.`;
    case 'finished':
      return 'Finished. Train begins anew with a fresh net.';
  }
}

function Bar({ name, share, text }: { name: string; share: number; text: string }) {
  return (
    <div
      class="bar"
      role="progressbar"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={text}
    >
      <i style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}
