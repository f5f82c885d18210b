// What has passed is not tried again until it changes: a mark in the cache remembers it, for every clone.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { cache, root } from '../lib/paths.mjs';

/** The mark of a state, which any number of values tell that JSON knows. */
export const markOf = (...state) =>
  join(cache, 'passed', createHash('sha256').update(JSON.stringify(state)).digest('hex'));

export const hasPassed = existsSync;

export function leaveMark(mark, detail = '') {
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, detail);
}

/** What tells a file's state, wherever the clone lies. */
export const stateOf = (path) => [
  relative(root, path),
  createHash('sha256').update(readFileSync(path)).digest('hex'),
];

/** Suites that are named are wanted whatever has passed, and in continuous integration all are. */
const always = process.env.CI || process.argv.length > 2;

/** Runs a slow test, which gives what it counted, unless it has passed with these same files. */
export async function unlessPassed(name, files, test) {
  const mark = markOf(name, files.map(stateOf));
  if (!always && hasPassed(mark)) return `${readFileSync(mark, 'utf8')}, the same as passed before`;
  const detail = await test();
  leaveMark(mark, detail);
  return detail;
}
