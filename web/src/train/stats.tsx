/** Which run it is, and how it stands, in figures. */
import type { ComponentChildren } from 'preact';
import type { TestResult } from '../engine/protocol';
import { bytes, capitalised, count, duration, percent } from '../text';
import { verdictOf, type Run } from './run';
import { titleOf } from './split';

const none = '–';
/** From so many layers on it matters how much activity is held. */
const deep = 4;

/** Its name, and what it learns from, is chosen by and is judged by in the end. */
export function RunTitle({ run }: { run: Run }) {
  return (
    <div class="run-title">
      <h3>{run.name}</h3>
      <p class="small">{dataOf(run)}</p>
    </div>
  );
}

function dataOf(run: Run): string {
  const { dataset, train_images, validation_images } = run.config.value;
  const known = dataset === 'mnist' || dataset === 'fashion-mnist';
  const learnt = train_images || (known ? 60_000 - validation_images : 0);
  const data = dataset === 'mnist' ? 'MNIST' : 'Fashion-MNIST';
  const chosen = validation_images > 0 ? `${count(validation_images)} to choose by, ` : '';
  return `${data}: ${count(learnt)} images to learn from, ${chosen}10,000 to be judged by`;
}

export function Stats({ run }: { run: Run }) {
  const { report, rate, elapsed, left } = run.progress.value;
  const config = run.config.value;
  const held = report && config.layers.length >= deep && report.activityBytes > 0;
  // Other rules see other rows, so that the comparison would say nothing of them.
  const compared = held && config.rule === 'forward_forward';
  const last = run.latest.value;
  const judged = verdictOf(run.results.value);
  return (
    <div class="stats">
      {judged ? <TestError result={judged} /> : <TestError result={last} />}
      <Stat value={rate > 0 ? count(rate) : none}>images a second</Stat>
      <Stat value={report ? `${report.epoch.toFixed(1)} / ${report.epochs}` : none}>epochs</Stat>
      <Stat value={duration(elapsed)}>
        so far{left !== null && left > 0 ? `, ${duration(left)} left` : ''}
      </Stat>
      {held && (
        <Stat value={bytes(report.activityBytes)}>
          activity held{compared ? `; backprop ${bytes(report.backpropBytes)}` : ''}
        </Stat>
      )}
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

function TestError({ result }: { result: TestResult | null }) {
  const title = `${titleOf(result?.split ?? 'validation')} error`;
  return (
    <div>
      <output class="figure" aria-label={capitalised(title)} aria-live="off">
        {result ? percent(result.errors / result.tested) : none}
      </output>
      <span class="small">
        {title}
        {result && ` on ${count(result.tested)}${otherErrors(result)}`}
      </span>
    </div>
  );
}
