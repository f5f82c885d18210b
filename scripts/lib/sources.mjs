// The project's own files, as git knows them.
import { output } from './run.mjs';
import { root } from './paths.mjs';

/** Files in the clone that match one of git's patterns, new ones included, ignored ones not. */
export async function sources(...patterns) {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const names = await output('git', [...list, '--', ...patterns], { cwd: root });
  return names.trimEnd().split('\n');
}
