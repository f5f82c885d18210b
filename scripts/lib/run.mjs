// Runs programs: quietly with their output in a log, or for the text that they print.
import { execFile, spawn } from 'node:child_process';
import { accessSync, constants, closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from './failure.mjs';
import { build } from './paths.mjs';

const tailLines = 60;

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
    throw new Failure(`${program} ${args.at(-1)} failed: ${(error.stderr || error.message).trim()}`);
  }
}

/** Runs the program to its end, its output in build/logs/LOG.log; a failure shows the log's tail. */
export async function run(log, program, args, { env, cwd } = {}) {
  const path = join(build, 'logs', `${log}.log`);
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w');
  try {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', file, file],
    });
    const status = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve(code ?? signal));
    });
    if (status !== 0) {
      const tail = readFileSync(path, 'utf8').trimEnd().split('\n').slice(-tailLines).join('\n');
      throw new Failure(`${tail}\n\n${program} ended with status ${status}; whole log: ${path}`);
    }
  } finally {
    closeSync(file);
  }
  return path;
}
