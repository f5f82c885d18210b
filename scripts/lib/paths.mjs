// Where things are: the clone, its build output, and the cache outside the clone.
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const build = join(root, 'build');

/** Downloads that outlive the clone. */
export const cache =
  process.env.FF_CACHE ||
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'forward-forward');
