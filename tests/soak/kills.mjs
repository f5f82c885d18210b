// node tests/soak/kills.mjs [--kills N] [--seed N]: trains a small net with the native command
// line, ends it at random moments by random signals and goes on from its checkpoint, again and
// again. Every run must end at the weights, to the bit, of one that nobody disturbed.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { build, cache } from '../../scripts/lib/paths.mjs';
import { command, Failure } from '../../scripts/lib/failure.mjs';
import { say } from '../../scripts/lib/step.mjs';
import { randomFrom } from './random.mjs';

const program = join(build, 'release', 'core', 'ff');
const env = { ...process.env, FF_DATA: process.env.FF_DATA || join(cache, 'data') };

// All that a resumed run could get wrong: shifts, hard negatives, decay, peer normalisation.
const net =
  '--layers 60,50 --train-images 2000 --epochs 40 --shift 1 --negatives hard ' +
  '--peer-strength 0.03 --decay-start 0.3 --eval-every 1000';
const signals = ['SIGKILL', 'SIGKILL', 'SIGKILL', 'SIGINT', 'SIGTERM', 'SIGHUP'];
const mostKillsInARun = 10; // about
const livesWithoutProgress = 100;
const interruptedStatus = 130;
const sayEvery = 5000; // milliseconds

let running; // the child, for Ctrl-C
let stopped = false;

/** Lives of one run after another until it ends; each is told to go on where the last was killed. */
class Run {
  starts = 0; // lives since it last came further
  kept; // the minibatch that the next life must begin at or after

  constructor(folder, random, span) {
    this.random = random;
    this.span = span;
    this.checkpoint = join(folder, 'run.checkpoint.safetensors');
    this.model = join(folder, 'run.safetensors');
  }

  /** Returns the signal that ended this life, or undefined when the run came to its end. */
  async live() {
    const begun = existsSync(this.checkpoint);
    const from = begun ? ['--resume', this.checkpoint] : net.split(' ');
    const signal = this.random.pick(signals);
    const files = ['--checkpoint', this.checkpoint, '--out', this.model];
    const events = [];
    const { status, killed, stderr } = await train([...from, ...files], (event, child) => {
      events.push(event);
      if (event.event !== 'start') return;
      setTimeout(() => child.kill(signal), this.random.between(0, this.span));
    });
    this.check(begun, events, stderr);
    if (status === 0) return undefined;
    const expected = signal === 'SIGKILL' ? killed === signal : status === interruptedStatus;
    if (!expected) throw new Failure(`${signal} ended a run with ${status ?? killed}: ${stderr}`);
    // Killed when all was written: a whole run, whose weights finish() looks at.
    if (signal === 'SIGKILL' && existsSync(this.model)) return undefined;
    if (existsSync(this.model)) throw new Failure(`${signal} left a model of a run half done.`);
    return signal;
  }

  check(begun, events, stderr) {
    const start = events[0]?.step;
    if (start === undefined) throw new Failure(`A run did not start: ${stderr}`);
    if (begun && start < this.kept)
      throw new Failure(`A checkpoint of minibatch ${this.kept} went on from ${start}.`);
    this.starts = start > (this.kept ?? 0) ? 0 : this.starts + 1;
    if (this.starts > livesWithoutProgress) throw new Failure(`A run is stuck at ${start}.`);
    const interrupted = events.find(({ event }) => event === 'interrupted');
    this.kept = interrupted?.step ?? start;
  }

  finish(weights) {
    if (!readFileSync(this.model).equals(weights))
      throw new Failure('A run that was killed ended at other weights than one that was not.');
    rmSync(this.checkpoint, { force: true });
    rmSync(this.model);
  }
}

/** Hears the JSON lines of `ff train` as they come. */
async function train(args, hear) {
  const child = spawn(program, ['train', ...args, '--json'], { env });
  running = child;
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  const end = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, killed) => resolve({ status, killed }));
  });
  for await (const line of createInterface({ input: child.stdout })) hear(JSON.parse(line), child);
  return { ...(await end), stderr };
}

/** The weights of a run that nobody disturbs, and how long its training took, in milliseconds. */
async function undisturbed(folder) {
  const model = join(folder, 'whole.safetensors');
  const checkpoint = join(folder, 'whole.checkpoint.safetensors');
  let begun;
  const args = [...net.split(' '), '--checkpoint', checkpoint, '--out', model];
  const { status, stderr } = await train(args, () => (begun ??= performance.now()));
  if (stopped) return {};
  if (status !== 0) throw new Failure(`The run to compare with failed: ${stderr}`);
  return { weights: readFileSync(model), milliseconds: performance.now() - begun };
}

function progress(kills, wanted, started) {
  const elapsed = performance.now() - started;
  const seconds = Math.ceil(((elapsed / kills) * (wanted - kills)) / 1000);
  const left = kills < wanted ? `${seconds} s left` : 'the last run goes on to its end';
  say(`  ${kills} of ${wanted} kills${kills > 0 ? `, ${left}` : ''}`);
}

async function soak(folder, wanted, seed) {
  say('> A run that nobody disturbs');
  const { weights, milliseconds } = await undisturbed(folder);
  const random = randomFrom(seed);
  const killsInARun = Math.min(mostKillsInARun, wanted);
  const counts = Object.fromEntries(signals.map((signal) => [signal, 0]));
  const started = performance.now();
  let kills = 0;
  let runs = 0;
  const telling = setInterval(() => progress(kills, wanted, started), sayEvery);
  try {
    while (kills < wanted && !stopped) {
      const run = new Run(folder, random, (2 * milliseconds) / killsInARun);
      for (let ended = false; !ended && !stopped; ) {
        const signal = await run.live();
        ended = signal === undefined;
        if (signal) ++counts[signal];
        if (signal) ++kills;
      }
      if (stopped) break;
      run.finish(weights);
      ++runs;
    }
  } finally {
    clearInterval(telling);
  }
  const parts = readdirSync(folder).filter((name) => name.includes('.part-')).length;
  const each = Object.entries(counts).map(([signal, count]) => `${count} ${signal}`);
  return (
    `${kills} kills (${each.join(', ')}), ${runs} whole runs, each with the weights of an undisturbed ` +
    `one; ${parts} files half written were left beside the checkpoint by SIGKILL.`
  );
}

await command(async () => {
  const text = { type: 'string' };
  const { values } = parseArgs({
    options: { kills: { ...text, default: '200' }, seed: { ...text, default: '1' } },
  });
  const [kills, seed] = [values.kills, values.seed].map(Number);
  if (!(kills >= 1) || !Number.isInteger(kills) || !Number.isInteger(seed))
    throw new Failure('--kills and --seed: expected whole numbers, kills from 1 on.');
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      stopped = true;
      running?.kill('SIGKILL');
    });
  }
  const folder = mkdtempSync(join(tmpdir(), 'ff-kills-'));
  try {
    const summary = await soak(folder, kills, seed);
    console.log(stopped ? `Interrupted. ${summary}` : summary);
    if (stopped) process.exitCode = interruptedStatus;
  } catch (error) {
    if (!stopped) throw error;
    process.exitCode = interruptedStatus;
  } finally {
    rmSync(folder, { recursive: true });
  }
});
