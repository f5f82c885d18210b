// npm run soak [-- OPTIONS]: uses the product for as long as one likes, and watches what it holds.
import { parseArgs } from 'node:util';
import { command, Failure } from './lib/failure.mjs';
import { buildPage } from './lib/page.mjs';
import { ensurePrograms } from './lib/programs.mjs';
import { say } from './lib/step.mjs';

/** Each with the module in tests/soak/ whose function `soak` does it, and what that needs first. */
const parts = {
  page: { module: 'page.mjs', prepare: preparePage },
};

const help = `Usage: npm run soak [-- OPTIONS]

Uses the page in Chromium over and over: trains, resets, draws, loads and saves models, changes
settings, kills the Worker. Says whether memory and handles stay, and answers stay right; what it
measures meanwhile is in build/soak/.

  --cycles N      how many trainings (default: 300)
  --minutes M     or for how long at most
  --seed S        what is chosen at random is chosen by it (default: 1)
  --only LIST     only these parts: ${Object.keys(parts).join(', ')}
  --help          this text
`;

const options = {
  cycles: { type: 'string', default: '300' },
  minutes: { type: 'string', default: 'Infinity' },
  seed: { type: 'string', default: '1' },
  only: { type: 'string', default: Object.keys(parts).join(',') },
  help: { type: 'boolean', default: false },
};

await command(async () => {
  const given = read(process.argv.slice(2));
  if (given.help) {
    console.log(help);
    return;
  }
  const chosen = given.only.split(',');
  const unknown = chosen.find((name) => !(name in parts));
  if (unknown !== undefined) {
    throw new Failure(`--only: there is no "${unknown}"; there are: ${Object.keys(parts).join(', ')}.`);
  }
  const plan = {
    cycles: number('cycles', given.cycles, 8),
    minutes: number('minutes', given.minutes, 0),
    seed: number('seed', given.seed, 0),
    stopped: interruption(),
    say,
  };
  for (const name of chosen) await carryOut(parts[name], plan);
});

async function carryOut({ module, prepare }, plan) {
  await prepare();
  const { soak } = await import(`../tests/soak/${module}`); // needs npm packages
  const { well, sentences } = await soak(plan);
  console.log(sentences.join('\n'));
  if (!well) process.exitCode = 1;
}

async function preparePage() {
  await ensurePrograms({ chromium: 'chromium' });
  await buildPage();
}

/** Whether Ctrl-C was pressed; what was measured until then is still judged. */
function interruption() {
  let stopped = false;
  process.once('SIGINT', () => (stopped = true));
  return () => stopped;
}

function read(args) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Failure(`${error.message.split('. ')[0]}; see npm run soak -- --help.`);
  }
}

function number(option, text, least) {
  const value = Number(text);
  if (value >= least) return value;
  throw new Failure(`--${option}: expected a number from ${least}, got "${text}".`);
}
