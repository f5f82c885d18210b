// Sees to it that everything a command needs is there; quick when it is.
import { pathToFileURL } from 'node:url';
import { command } from './lib/failure.mjs';
import { ensurePrograms } from './lib/programs.mjs';
import { ensureData } from './toolchain/data.mjs';
import { ensureEmscripten } from './toolchain/emscripten.mjs';
import { ensureCatch2, ensureLibraries } from './toolchain/libraries.mjs';
import { ensureNpmPackages } from './toolchain/npm.mjs';

/** The environment that CMakePresets.json reads, with everything to build one preset in place. */
export async function setupBuild(preset) {
  await ensurePrograms({ cmake: 'cmake', ninja: 'ninja-build', 'c++': 'g++' });
  const environment = {
    FF_LIBRARIES: await ensureLibraries(),
    FF_CATCH2: await ensureCatch2(),
    FF_EMSCRIPTEN: preset === 'wasm' ? await ensureEmscripten() : undefined,
  };
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
}

/** Everything to build and serve the page. */
export async function setupPage() {
  await ensureNpmPackages();
  await ensureData();
}

/** Everything that only the tests need. */
export async function setupTests() {
  await ensurePrograms({
    'clang-format': 'clang-format',
    'clang-tidy': 'clang-tidy',
    chromium: 'chromium',
  });
}
