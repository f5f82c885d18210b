// C++ libraries: those of the machine's own release unpacked, Catch2 as source.
import { cached } from '../lib/cache.mjs';
import { unpackPackages, unpackSource } from '../lib/packages.mjs';
import { distribution, release } from '../lib/system.mjs';
import { newerRelease } from './newer_release.mjs';

const headerOnly = ['libcli11-dev', 'libeigen3-dev', 'nlohmann-json3-dev'];
/** With the static libraries in them, which need nothing else. */
const formats = [
  'libpng-dev',
  distribution === 'ubuntu' ? 'libjpeg-turbo8-dev' : 'libjpeg62-turbo-dev',
  'zlib1g-dev',
];
const packages = [...headerOnly, ...formats];

/** The folder whose usr/ has the libraries; undefined: CMake looks around. */
export async function ensureLibraries() {
  if (!distribution) return undefined;
  return cached(`libraries-2-${release}`, `Fetch ${packages.join(', ')}`, (folder) =>
    unpackPackages(release, packages, folder),
  );
}

/** The folder of Catch2's source; undefined: CMake looks around. */
export async function ensureCatch2() {
  if (!distribution) return undefined;
  return cached(`catch2-${newerRelease}`, 'Fetch Catch2', (folder) =>
    unpackSource(newerRelease, 'catch2', folder),
  );
}
