// Runs programs: quietly with their output in a log, or for the text that they print.
import { execFile, spawn } from 'node:child_process';
import { accessSync, constants, closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from './failure.mjs';
import { build, root } from './paths.mjs';
import { step } from './step.mjs';

const linesOfFailure = 60;

/** The program's full path, or undefined if the PATH has none. */
export function which(program) {
  return process.env.PATH.split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** What the program prints on standard output. Throws with its standard error if it fails. */
export async function output(program, args, options = {}) {
  try {
    const { stdout } = await promisify(execFile)(program, args, {
      maxBuffer: 1 << 28,
      ...options,
    });
    return stdout;
  } catch (error) {
    const said = error.stdout + error.stderr || error.message;
    throw new Failure(`${program} ${args.at(-1)} failed: ${said.trim()}`);
  }
}

/**
 * Runs the program as a step of that title, its output in build/logs/NAME.log, and gives that text.
 * How far it is, its last line tells where that matches `progress`. If it fails, its last lines are
 * the message.
 */
export async function run(title, name, [program, ...args], { env, cwd = root, progress } = {}) {
  const log = join(build, 'logs', `${name}.log`);
  mkdirSync(dirname(log), { recursive: true });
  const file = openSync(log, 'w');
  const start = () =>
    new Promise((resolve, reject) => {
      spawn(program, args, {
        cwd,
        env: { ...process.env, NO_COLOR: '1', ...env },
        stdio: ['ignore', file, file],
      })
        .on('error', reject)
        .on('close', (code, signal) => resolve(code ?? signal));
    });
  const howFar = () => progress && lastLines(log, 1).match(progress)?.[0];
  const status = await step(title, start, howFar).finally(() => closeSync(file));
  if (status !== 0) {
    const end = lastLines(log, linesOfFailure);
    throw new Failure(`${end}\n\n${title}: failed with status ${status}. Whole log: ${log}`);
  }
  return readFileSync(log, 'utf8');
}

function lastLines(path, count) {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines.slice(-count).join('\n');
}
