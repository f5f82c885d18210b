// The fuzzers: libFuzzer over the targets of tests/fuzz/targets.hpp, built with the sanitizers.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cmakeBuild } from './cmake.mjs';
import { Failure } from './failure.mjs';
import { build, root } from './paths.mjs';

const program = join(build, 'asan', 'tests', 'fuzz', 'fuzz');
const corpus = join(root, 'tests', 'fuzz', 'corpus');

/** Bytes that are enough for everything that can happen, where more take long. */
const longest = { pixels: 1024 };

/** Each target has a folder of inputs to start from. */
export const targets = readdirSync(corpus);

export const buildFuzzers = () => cmakeBuild('asan', ['fuzz']);

/**
 * Runs one target from its corpus on. New inputs that reach new code go into `found/corpus`, one
 * that does harm into `found/faults`, and both are begun with next time. Gives how many inputs ran
 * and the seconds of processor they took, and of a fault the file and what was said about it.
 */
export async function fuzz(target, found, options) {
  const folders = ['corpus', 'faults'].map((name) => join(found, name));
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  // Naming functions that were new takes longer than running them.
  const quiet = { print_funcs: 0, print_final_stats: 1 };
  const limits = { timeout: 120, max_len: longest[target] ?? 0 };
  const flags = { ...quiet, ...limits, artifact_prefix: `${folders[1]}/`, ...options };
  const args = Object.entries(flags).map(([name, value]) => `-${name}=${value}`);
  const { status, text } = await timed(target, [...args, ...folders, join(corpus, target)]);
  const result = { inputs: inputsOf(text), seconds: secondsOf(text) };
  const file = text.match(/Test unit written to (.+)/)?.[1];
  if (file) return { ...result, fault: { file, text } };
  if (status !== 0) throw new Failure(`${text.trim()}\n\nfuzz ${target}: failed with ${status}.`);
  return result;
}

/** The command that shows a fault again. */
export const again = (target, file) => `FF_FUZZ_TARGET=${target} ${relative(root, program)} ${file}`;

/** What the program printed, and after it the shell's count of processor time. */
function timed(target, args) {
  const script = '"$0" "$@" 2>&1; status=$?; times; exit $status';
  const child = spawn('sh', ['-c', script, program, ...args], {
    cwd: root,
    env: { ...process.env, FF_FUZZ_TARGET: target },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (more) => (text += more));
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code, signal) => resolve({ status: code ?? signal, text }));
  });
}

/** After a fault there are no final statistics, but each line of progress has the count. */
function inputsOf(text) {
  const counts = [...text.matchAll(/^(?:#|stat::number_of_executed_units: )(\d+)/gm)];
  return Number(counts.at(-1)?.[1] ?? 0);
}

const secondsOf = (text) =>
  [...text.trimEnd().split('\n').at(-1).matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds),
    0,
  );
