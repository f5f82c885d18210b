// npm run fuzz [-- OPTIONS]: feeds the readers what nobody meant, for hours, and keeps count.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, Failure } from './lib/failure.mjs';
import { readOptions } from './lib/options.mjs';
import { again, buildFuzzers, fuzz, targets } from './lib/fuzzer.mjs';
import { cache } from './lib/paths.mjs';

const folder = join(cache, 'fuzz');
const progressFile = join(folder, 'progress.json');
const turn = 60; // seconds: what is lost at most when it is ended

const help = `Usage: npm run fuzz [-- OPTIONS]

Fuzzes each target in turn until it has had so many inputs or so much time, over all runs together:
what was done is kept in ${progressFile}, so it may be ended at any time.

  --target LIST   only these: ${targets.join(', ')}
  --inputs N      inputs a target that are enough (default: 10000000)
  --minutes M     minutes of one core a target that are enough (default: 120)
  --help          this text
`;

const options = {
  target: { type: 'string', default: targets.join(',') },
  inputs: { type: 'string', default: '10000000' },
  minutes: { type: 'string', default: '120' },
  help: { type: 'boolean', default: false },
};

await command(async () => {
  const given = readOptions('fuzz', options);
  if (given.help) {
    console.log(help);
    return;
  }
  const enough = { inputs: number('inputs', given), seconds: 60 * number('minutes', given) };
  const chosen = listed(given.target);
  await buildFuzzers();
  const faults = await takeTurns(chosen, enough);
  if (faults.length > 0) throw new Failure(faults.join('\n'));
});

function number(option, { [option]: text }) {
  const value = Number(text);
  if (value > 0) return value;
  throw new Failure(`--${option}: expected a number above 0, got "${text}".`);
}

function listed(text) {
  const names = text.split(',');
  const unknown = names.find((name) => !targets.includes(name));
  if (unknown === undefined) return names;
  throw new Failure(`--target: there is no "${unknown}"; there are: ${targets.join(', ')}.`);
}

/** Goes round until every target has had enough or shown a fault; gives a sentence a fault. */
async function takeTurns(chosen, enough) {
  const faults = [];
  let waiting = chosen;
  while (waiting.length > 0) {
    const next = [];
    for (const target of waiting) {
      if (isEnough(progressOf(target), enough)) continue;
      const fault = await takeTurn(target, enough);
      if (fault) faults.push(fault);
      else next.push(target);
    }
    waiting = next;
  }
  return faults;
}

function isEnough(done, enough) {
  return done.inputs >= enough.inputs || done.seconds >= enough.seconds;
}

async function takeTurn(target, enough) {
  const before = progressOf(target);
  const { inputs, seconds, fault } = await fuzz(target, join(folder, target), {
    runs: enough.inputs - before.inputs,
    max_total_time: turn,
  });
  const done = { inputs: before.inputs + inputs, seconds: before.seconds + seconds };
  writeProgress({ ...readProgress(), [target]: done });
  const minutes = (done.seconds / 60).toFixed(1);
  console.log(`${target}: ${done.inputs.toLocaleString('en')} inputs in ${minutes} min of a core`);
  if (!fault) return undefined;
  console.log(fault.text);
  return `${target}: a fault; to see it again: ${again(target, fault.file)}`;
}

function progressOf(target) {
  return readProgress()[target] ?? { inputs: 0, seconds: 0 };
}

function readProgress() {
  return existsSync(progressFile) ? JSON.parse(readFileSync(progressFile, 'utf8')) : {};
}

function writeProgress(progress) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${progressFile}.new`, `${JSON.stringify(progress, null, 2)}\n`);
  renameSync(`${progressFile}.new`, progressFile);
}
