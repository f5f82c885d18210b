// Sees to it that everything a command needs is there; quick when it is.
import { ensurePackages, ensurePrograms } from './lib/programs.mjs';
import { compilerCache } from './toolchain/ccache.mjs';
import { ensureData } from './toolchain/data.mjs';
import { ensureEmscripten } from './toolchain/emscripten.mjs';
import { ensureCatch2, ensureLibraries } from './toolchain/libraries.mjs';
import { llvm } from './toolchain/newer_release.mjs';
import { ensureNginx } from './toolchain/nginx.mjs';
import { ensureNpmPackages } from './toolchain/npm.mjs';

/** What only some CMake presets are built and run with. */
const packagesOf = {
  asan: [`clang-${llvm}`, `libclang-rt-${llvm}-dev`],
  tsan: [`clang-${llvm}`, `libclang-rt-${llvm}-dev`],
  neon: ['g++-aarch64-linux-gnu', 'qemu-user'],
};

/** What one CMake preset needs; gives the environment variables that it is built with. */
export async function setupBuild(preset) {
  const own = async () => {
    await ensurePrograms({ cmake: 'cmake', ninja: 'ninja-build', 'c++': 'g++' });
    await ensurePackages(packagesOf[preset] ?? []);
  };
  const wasm = async () => {
    if (preset !== 'wasm') return undefined;
    // Emscripten writes its types with TypeScript's compiler.
    const [folder] = await Promise.all([ensureEmscripten(), ensureNpmPackages()]);
    return folder;
  };
  const [FF_LIBRARIES, FF_CATCH2, FF_EMSCRIPTEN] = await Promise.all([
    ensureLibraries(),
    ensureCatch2(),
    wasm(),
    own(),
  ]);
  const variables = { FF_LIBRARIES, FF_CATCH2, FF_EMSCRIPTEN, ...compilerCache(preset) };
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value));
}

/** The data sets; the programs started from here on find them by FF_DATA. */
export async function setupData() {
  await ensureNpmPackages();
  process.env.FF_DATA = await ensureData();
}

/**
 * The programs that only the tests need; ccache, because they compile everything three times. They
 * find the folder of nginx by FF_NGINX.
 */
export async function setupTests() {
  process.env.FF_NGINX = await ensureNginx();
  await ensurePrograms({
    ccache: 'ccache',
    chromium: 'chromium',
    'chromium-headless-shell': 'chromium-headless-shell',
    'clang-format': 'clang-format',
    'clang-tidy': 'clang-tidy',
  });
}

/** The other browsers, each with what it is driven by where it cannot be driven alone. */
export function setupBrowsers() {
  return ensurePrograms({
    'firefox-esr': 'firefox-esr',
    WebKitWebDriver: 'webkit2gtk-driver',
    Xvfb: 'xvfb',
  });
}

/** The benchmark's peer, with the BLAS that makes it quick. */
export function setupPyTorch() {
  return ensurePackages(['python3-torch', 'libopenblas0-openmp']);
}
