// C++ libraries: the header-only ones from the machine's own release, Catch2 as source.
import { cached } from '../lib/cache.mjs';
import { withApt } from '../lib/packages.mjs';
import { distribution, release } from '../lib/system.mjs';
import { newerRelease } from './newer_release.mjs';

const headerOnly = ['libcli11-dev', 'libeigen3-dev', 'libstb-dev', 'nlohmann-json3-dev'];

/** The folder whose usr/include has the header-only libraries; undefined: CMake looks around. */
export async function ensureLibraries() {
  if (!distribution) return undefined;
  return cached(`libraries-${release}`, `Fetch ${headerOnly.join(', ')}`, (folder) =>
    withApt([release], (apt) =>
      apt.unpack(
        folder,
        headerOnly.map((name) => `${name}/${release}`),
      ),
    ),
  );
}

/** The folder of Catch2's source; undefined: CMake looks around. */
export async function ensureCatch2() {
  if (!distribution) return undefined;
  return cached(`catch2-${newerRelease}`, 'Fetch Catch2', (folder) =>
    withApt([newerRelease], (apt) => apt.unpackSource(folder, `catch2/${newerRelease}`)),
  );
}
