// The npm packages of package-lock.json.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from '../lib/once.mjs';
import { root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';

export const ensureNpmPackages = once(async () => {
  if (isInstalled()) return;
  await run('Install the npm packages', 'npm-ci', ['npm', 'ci', '--no-audit', '--no-fund']);
});

/** Whether node_modules holds what npm would install, as its own record in it says. */
function isInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packagesOf(record);
  const omitted = process.env.npm_config_omit;
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([path, { version, optional, [omitted]: isOmitted }]) =>
      path === '' || (installed[path] ? installed[path].version === version : optional || isOmitted),
  );
}

const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;
