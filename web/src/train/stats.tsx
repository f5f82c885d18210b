/** The run in five figures. */
import type { ComponentChildren } from 'preact';
import type { TestResult } from '../engine/protocol';
import { labConfig } from '../settings/settings';
import { bytes, count, duration, percent } from '../text';
import { latest, progress } from './run';

const none = '–';

export function Stats() {
  const { report, rate, elapsed, left } = progress.value ?? {
    report: null,
    rate: 0,
    elapsed: 0,
    left: null,
  };
  const held = report && report.activityBytes > 0;
  // Other rules see other rows, so that the comparison would say nothing of them.
  const compared = held && labConfig.value?.rule === 'forward_forward';
  return (
    <div class="stats">
      <TestError />
      <Stat value={rate > 0 ? count(rate) : none}>images a second</Stat>
      <Stat value={report ? `${report.epoch.toFixed(1)} / ${report.epochs}` : none}>epochs</Stat>
      <Stat value={duration(elapsed)}>
        so far{left !== null && left > 0 ? `, ${duration(left)} left` : ''}
      </Stat>
      <Stat value={held ? bytes(report.activityBytes) : none}>
        activity held{compared ? `; backprop ${bytes(report.backpropBytes)}` : ''}
      </Stat>
    </div>
  );
}

function Stat({ value, children }: { value: string; children: ComponentChildren }) {
  return (
    <div>
      <b>{value}</b>
      <span class="small">{children}</span>
    </div>
  );
}

/** Null where the softmax is the only way to read the net, or there is none. */
function softmaxError({ softmaxErrors, layerErrors, tested }: TestResult): number | null {
  const both = layerErrors.length > 0 && labConfig.value!.softmax_rate > 0;
  return both ? softmaxErrors / tested : null;
}

function TestError() {
  const result = latest.value;
  const error = result ? result.errors / result.tested : null;
  const bySoftmax = result && softmaxError(result);
  return (
    <div>
      <output class="figure" aria-label="Test error" aria-live="off">
        {error === null ? none : percent(error)}
      </output>
      <span class="small">
        test error{result ? ` on ${count(result.tested)}` : ''}
        {bySoftmax === null ? '' : `; softmax ${percent(bySoftmax)}`}
      </span>
    </div>
  );
}
