// The npm packages of package-lock.json.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from '../lib/once.mjs';
import { root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';

export const ensureNpmPackages = once(async () => {
  if (isInstalled()) return;
  await run('Install the npm packages', 'npm-ci', ['npm', 'ci']);
});

/** Whether node_modules holds what the lock file names, as npm's own record in it says. */
function isInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packagesOf(record);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([path, { version, optional }]) =>
      path === '' || (installed[path] ? installed[path].version === version : optional),
  );
}

const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;
