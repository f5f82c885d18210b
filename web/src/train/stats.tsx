/** The run in five figures. */
import type { ComponentChildren } from 'preact';
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

function TestError() {
  const result = latest.value;
  const error = result ? result.errors / result.tested : null;
  return (
    <div>
      <output class="figure" aria-label="Test error" aria-live="off">
        {error === null ? none : percent(error)}
      </output>
      <span class="small">test error{result ? ` on ${count(result.tested)}` : ''}</span>
    </div>
  );
}
