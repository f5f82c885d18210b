// nginx as the distribution ships it, for the tests. Unpacked, because once installed it would serve.
import { cached } from '../lib/cache.mjs';
import { Failure } from '../lib/failure.mjs';
import { unpackPackages } from '../lib/packages.mjs';
import { which } from '../lib/run.mjs';
import { distribution, release } from '../lib/system.mjs';

/** The folder that holds usr/sbin/nginx and etc/nginx/mime.types. */
export async function ensureNginx() {
  if (!distribution) {
    if (which('nginx') !== '/usr/sbin/nginx') throw new Failure('Please install: nginx.');
    return '/';
  }
  return cached(`nginx-${release}`, 'Fetch nginx', (folder) =>
    unpackPackages(release, ['nginx', 'nginx-common'], folder),
  );
}
