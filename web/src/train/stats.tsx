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

/** What is misread by other scores than the one that answers, those of single layers left out. */
const otherErrors = ({ tallies, tested }: TestResult): string =>
  tallies
    .slice(1)
    .filter(({ layer }) => layer < 0)
    .map(({ name, errors }) => `; ${name} ${percent(errors / tested)}`)
    .join('');

function TestError() {
  const result = latest.value;
  const error = result ? result.errors / result.tested : null;
  return (
    <div>
      <output class="figure" aria-label="Test error" aria-live="off">
        {error === null ? none : percent(error)}
      </output>
      <span class="small">
        test error{result ? ` on ${count(result.tested)}` : ''}
        {result && otherErrors(result)}
      </span>
    </div>
  );
}
