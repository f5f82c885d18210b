/** Train, Pause, Step, Reset; how far it is; model files. */
import { useRef } from 'preact/hooks';
import { build, engineState } from '../engine/connection';
import { count, duration, percent } from '../text';
import { loadModel, saveModel } from './model-file';
import { FetchLine, fetchText } from './fetch-line';
import { fetching, pause, progress, reset, runState, step, testing, train } from './run';

export function RunControls() {
  const ready = engineState.value === 'ready';
  const running = runState.value === 'running';
  return (
    <div class="run-controls">
      <div class="row">
        {running ? (
          <button type="button" class="primary" onClick={() => void pause()}>
            Pause
          </button>
        ) : (
          <button type="button" class="primary" disabled={!ready} onClick={() => void train()}>
            Train
          </button>
        )}
        <button type="button" disabled={!ready || running} onClick={() => void step()}>
          Step
        </button>
        <button type="button" disabled={!ready} onClick={() => void reset()}>
          Reset
        </button>
        <span class="gap" />
        <ModelFile ready={ready} />
      </div>
      {fetching.value ? <FetchProgress {...fetching.value} /> : <RunProgress />}
    </div>
  );
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

function RunProgress() {
  const report = progress.value?.report;
  const share = report && report.steps > 0 ? report.step / report.steps : 0;
  return (
    <div class="progress">
      <Bar name="Progress" share={share} text={percent(share, 0)} />
      <p class="small row">
        {stateText()}
        {testing.value && ` · testing: ${count(testing.value.tested)} of ${count(testing.value.of)}`}
        <span class="gap" />
        <span title={build.value.explanation}>
          {build.value.title}
          <span class="unseen">. {build.value.explanation}</span>
        </span>
      </p>
    </div>
  );
}

function stateText(): string {
  const { state, left, report } = progress.value ?? { state: 'fresh', left: null, report: null };
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
