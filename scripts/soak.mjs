// npm run soak [-- OPTIONS]: uses the product for as long as one likes, and watches what it holds.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { cmakeBuild } from './lib/cmake.mjs';
import { command, Failure } from './lib/failure.mjs';
import { readOptions } from './lib/options.mjs';
import { buildPage } from './lib/page.mjs';
import { root } from './lib/paths.mjs';
import { ensurePrograms } from './lib/programs.mjs';
import { say } from './lib/step.mjs';
import { setupData } from './setup.mjs';

/** Each resolves to whether all went well. */
const parts = { page: soakPage, kills: soakKills };

const help = `Usage: npm run soak [-- OPTIONS]

Uses the page in Chromium over and over: trains, resets, draws, loads and saves models, changes
settings, kills the Worker. Says whether memory and handles stay, and answers stay right; what it
measures meanwhile is in build/soak/. Then kills native runs at random moments, which must end at the
weights of one that nobody disturbs.

  --cycles N      how many trainings in the page (default: 300)
  --minutes M     or for how long at most
  --kills N       how many kills of native runs (default: 200)
  --seed S        what is chosen at random is chosen by it (default: 1)
  --only LIST     only these parts: ${Object.keys(parts).join(', ')}
  --help          this text
`;

const options = {
  cycles: { type: 'string', default: '300' },
  minutes: { type: 'string', default: 'Infinity' },
  kills: { type: 'string', default: '200' },
  seed: { type: 'string', default: '1' },
  only: { type: 'string', default: Object.keys(parts).join(',') },
  help: { type: 'boolean', default: false },
};

await command(async () => {
  const given = readOptions('soak', options);
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
    kills: number('kills', given.kills, 1),
    seed: number('seed', given.seed, 0),
    stopped: interruption(),
  };
  for (const name of chosen) {
    const well = await parts[name](plan);
    if (!well) process.exitCode = 1;
    if (plan.stopped()) return;
  }
});

async function soakPage(plan) {
  await ensurePrograms({ chromium: 'chromium' });
  await buildPage();
  const { soak } = await import('../tests/soak/page.mjs'); // needs npm packages
  const { well, sentences } = await soak({ ...plan, say });
  console.log(sentences.join('\n'));
  return well;
}

async function soakKills({ kills, seed }) {
  await setupData();
  await cmakeBuild('release', ['ff']);
  const program = join(root, 'tests', 'soak', 'kills.mjs');
  const args = [program, '--kills', String(kills), '--seed', String(seed)];
  const [status] = await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'close');
  return status === 0;
}

/** Whether Ctrl-C was pressed; what was measured until then is still judged. */
function interruption() {
  let stopped = false;
  process.once('SIGINT', () => (stopped = true));
  return () => stopped;
}

function number(option, text, least) {
  const value = Number(text);
  if (value >= least) return value;
  throw new Failure(`--${option}: expected a number from ${least}, got "${text}".`);
}
