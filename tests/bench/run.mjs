// The whole benchmark: measures, prints tables, writes JSON and pictures.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { build, root } from '../../scripts/lib/paths.mjs';
import { output } from '../../scripts/lib/run.mjs';
import { say, seconds as inSeconds } from '../../scripts/lib/step.mjs';
import { contestants, start } from './contestants.mjs';
import { measure, median } from './measure.mjs';
import { curves, parts } from './plan.mjs';
import { plot } from './plots.mjs';
import { activity, Results, stepTimes, tables } from './tables.mjs';

/**
 * `chosen`: contestants; `wanted`: names of parts. The peaks come with everything, and so does the
 * native program, which knows them: the others are judged by them.
 */
export async function bench({ chosen, wanted, rounds, seconds }) {
  const started = performance.now();
  const all = contestants.filter((one) => one.id === 'native' || chosen.includes(one));
  const { about, chromium, ask, close } = await start(all);
  let measured;
  try {
    const groups = ['peaks', ...wanted].flatMap((part) =>
      parts[part](part === 'peaks' ? all : chosen, { about, seconds }).map((group) => ({
        part,
        ...group,
      })),
    );
    measured = await measure(groups, rounds, ask);
  } finally {
    await close();
  }
  const { results, disturbed } = measured;
  const report = {
    date: new Date().toISOString(),
    commit: await commit(),
    machine: machine(),
    versions: { node: process.version, compiler: await compiler(), chromium },
    contestants: about,
    rounds,
    seconds,
    disturbed,
    results: results.map((result) => ({ ...result, medians: medians(result) })),
  };
  console.log(`${heading(report)}\n\n${tables(results)}\n`);
  if (disturbed > quiet) say(warning(disturbed));
  const files = write(report, pictures(results));
  say(`${files.join('\n')}\nDone in ${inSeconds(performance.now() - started)}.`);
}

const quiet = 0.15; // of the machine: what the contestants' own threads need to fall asleep

const warning = (disturbed) =>
  `Other programs took ${Math.round(100 * disturbed)} % of the machine: do not rely on this.`;

const machine = () => ({
  processor: cpus()[0].model,
  cores: cpus().length,
  memory: totalmem(),
  system: `${type()} ${release()}`,
});

function heading({ machine, contestants: about, versions }) {
  const { processor, cores } = machine;
  const details = Object.entries(about).map(
    ([id, { kernels, version }]) => `${id}: ${kernels ?? version}`,
  );
  if (versions.chromium) details.push(`Chromium ${versions.chromium}`);
  return [`${processor}, ${cores} cores`, ...details].join('\n');
}

function medians(result) {
  const fields = Object.keys(result.answers[0]);
  return Object.fromEntries(fields.map((field) => [field, median(result, field)]));
}

/** With a "+" where files differ from it. */
async function commit() {
  const git = (...args) => output('git', args, { cwd: root });
  const head = (await git('rev-parse', 'HEAD')).trim();
  return (await git('status', '--porcelain')) === '' ? head : `${head}+`;
}

const compiler = async () => (await output('c++', ['--version'])).split('\n')[0];

/** Name and content of each. */
function pictures(list) {
  const results = new Results(list);
  const made = {};
  if (results.contestants('curves').length > 0) {
    for (const curve of curves) {
      made[`time-by-${curve.name}.svg`] = plot({
        title: `Time of a training step by ${curve.name}`,
        x: curve.title,
        y: 'ms',
        series: stepTimes(results, curve),
      });
    }
  }
  if (results.contestants('memory').length > 0) {
    made['memory-by-depth.svg'] = plot({
      title: 'Activity held at once by depth',
      x: 'layers of 500',
      y: 'kB',
      series: activity(results),
    });
  }
  return made;
}

/** The files that were written. */
function write(report, made) {
  const folder = join(build, 'bench');
  mkdirSync(folder, { recursive: true });
  const texts = { '../bench.json': `${JSON.stringify(report, null, 1)}\n`, ...made };
  return Object.entries(texts).map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  });
}
