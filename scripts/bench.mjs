// npm run bench [-- OPTIONS]: what this machine can do at most, and how near to it the core comes.
import { contestants } from '../tests/bench/contestants.mjs';
import { parts } from '../tests/bench/plan.mjs';
import { cmakeBuild } from './lib/cmake.mjs';
import { command, Failure } from './lib/failure.mjs';
import { readOptions } from './lib/options.mjs';
import { ensurePrograms } from './lib/programs.mjs';
import { setupData, setupPyTorch } from './setup.mjs';

const groups = {
  chromium: contestants.filter(({ wasm }) => wasm),
  ...Object.fromEntries(contestants.map((contestant) => [contestant.id, [contestant]])),
};

const optional = Object.keys(parts).filter((part) => part !== 'peaks');

const help = `Usage: npm run bench [-- OPTIONS]

Measures the machine's own peak and, in turn with it, the core's kernels, training steps, the
cost of width, depth and batch, and memory. Prints tables; writes build/bench.json and pictures
into build/bench/. Quiet machines give the truest numbers.

  --peers         the same with PyTorch and TensorFlow.js, which are installed first
  --only LIST     only these contestants: ${Object.keys(groups).slice(0, 4).join(', ')},
                  ${Object.keys(groups).slice(4).join(', ')}; chromium is all of its builds
  --measure LIST  only these parts, and the peaks: ${optional.join(', ')}
  --rounds N      how often they take turns; medians over rounds are shown (default: 5)
  --seconds S     how long one turn of training takes; kernels take a fifth (default: 0.5)
  --help          this text
`;

const options = {
  peers: { type: 'boolean', default: false },
  only: { type: 'string' },
  measure: { type: 'string', default: optional.join(',') },
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '0.5' },
  help: { type: 'boolean', default: false },
};

await command(async () => {
  const given = readOptions('bench', options);
  if (given.help) {
    console.log(help);
    return;
  }
  const chosen = given.only
    ? listed('only', given.only, Object.keys(groups)).flatMap((name) => groups[name])
    : contestants.filter(({ peer }) => given.peers || !peer);
  const plan = {
    chosen,
    wanted: listed('measure', given.measure, optional),
    rounds: number('rounds', given.rounds, 1, 1000),
    seconds: number('seconds', given.seconds, 0, 60),
  };
  await setup(chosen);
  const { bench } = await import('../tests/bench/run.mjs'); // needs npm packages
  await bench(plan);
});

function listed(option, text, names) {
  const list = text.split(',');
  const unknown = list.find((name) => !names.includes(name));
  if (unknown === undefined) return list;
  throw new Failure(`--${option}: there is no "${unknown}"; there are: ${names.join(', ')}.`);
}

function number(option, text, least, most) {
  const value = Number(text);
  if (value >= least && value <= most) return value;
  throw new Failure(`--${option}: expected a number from ${least} to ${most}, got "${text}".`);
}

/** Builds and installs what the chosen ones need. */
async function setup(chosen) {
  await setupData();
  await cmakeBuild('release', ['ff_bench']);
  const builds = chosen.filter(({ wasm }) => wasm).map(({ id }) => `bench-${id}`);
  if (builds.length > 0) await cmakeBuild('wasm', builds);
  if (chosen.some(({ worker }) => worker)) await ensurePrograms({ chromium: 'chromium' });
  if (chosen.some(({ id }) => id === 'pytorch')) await setupPyTorch();
}
