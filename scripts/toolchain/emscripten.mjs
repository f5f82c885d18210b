// The compiler to WebAssembly: the machine's own if it is new enough, else one of our cache's.
import { appendFile, chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cached } from '../lib/cache.mjs';
import { Failure } from '../lib/failure.mjs';
import { unpackPackages } from '../lib/packages.mjs';
import { ensurePrograms } from '../lib/programs.mjs';
import { output, which } from '../lib/run.mjs';
import { distribution } from '../lib/system.mjs';
import { llvm, newerRelease } from './newer_release.mjs';

const oldest = [3, 1, 69];

/** The folder that holds emcc and CMake's description of it. */
export async function ensureEmscripten() {
  const own = which('emcc');
  if (own && isNewEnough(await output(own, ['--version']))) return ownFolder(own);
  if (!distribution) {
    throw new Failure(`Please install Emscripten ${oldest.join('.')} or newer (emcc on the PATH).`);
  }
  const [prefix] = await Promise.all([
    cached(`emscripten-${newerRelease}`, 'Fetch Emscripten (250 MB)', assemble),
    ensureLlvm(llvm), // meanwhile
  ]);
  const folder = emscriptenFolder(prefix);
  const config = await readFile(join(folder, '.emscripten'), 'utf8');
  await ensureLlvm(config.match(/^LLVM_ADD_VERSION = '(\d+)'/m)[1]); // a newer one may want another
  return folder;
}

function ensureLlvm(version) {
  return ensurePrograms({
    [`clang-${version}`]: `clang-${version}`,
    [`wasm-ld-${version}`]: `lld-${version}`,
    [`llvm-ar-${version}`]: `llvm-${version}`,
    python3: 'python3',
  });
}

const emscriptenFolder = (prefix) => join(prefix, 'usr', 'share', 'emscripten');

function isNewEnough(versionText) {
  const version = versionText.match(/(\d+)\.(\d+)\.(\d+)/)?.slice(1).map(Number) ?? [0];
  const first = version.findIndex((number, i) => number !== oldest[i]);
  return first < 0 || version[first] > oldest[first];
}

/** emcc on the PATH may be a link, or Debian's wrapper of the program in its own folder. */
function ownFolder(emcc) {
  const beside = dirname(realpathSync(emcc));
  return existsSync(join(beside, 'cmake')) ? beside : emscriptenFolder('/');
}

/** Unpacks Emscripten so that it runs on an older release of the same distribution. */
async function assemble(folder, prefix) {
  // Binaryen's programs bring the C library that they were built for.
  const names = ['emscripten', 'binaryen', 'node-acorn', 'libc6', 'libgcc-s1', 'libstdc++6'];
  // Three quarters of it are its libraries once more, for ways to link that we do not.
  const without = ['*/wasm32-emscripten/lto', '*/wasm32-emscripten/lto-pic', '*/wasm32-emscripten/pic'];
  await unpackPackages(newerRelease, names, folder, { without });
  await wrapBinaryen(folder, prefix);
  const emscripten = emscriptenFolder(folder);
  // Its JavaScript imports acorn as a module, which must be found in a folder of this name. Only
  // acorn: tsc would take in the types of everything else that Debian keeps beside it.
  await mkdir(join(emscripten, 'node_modules'));
  await symlink('../../nodejs/acorn', join(emscripten, 'node_modules', 'acorn'));
  await appendFile(
    join(emscripten, '.emscripten'),
    `import shutil\nBINARYEN_ROOT = '${prefix}/wrapped'\nNODE_JS = shutil.which('node')\n`,
  );
}

/** Scripts in wrapped/bin that start Binaryen's programs through the loader of their C library. */
async function wrapBinaryen(folder, prefix) {
  const libraries = join('usr', 'lib', (await output('uname', ['-m'])).trim() + '-linux-gnu');
  const files = await readdir(join(folder, libraries));
  const loader = files.find((name) => name.startsWith('ld-linux'));
  const programs = (await readdir(join(folder, 'usr', 'bin'))).filter((name) =>
    name.startsWith('wasm'),
  );
  const wrapped = join(folder, 'wrapped', 'bin');
  await mkdir(wrapped, { recursive: true });
  for (const program of programs) {
    const [start, library, path] = [join(libraries, loader), libraries, `usr/bin/${program}`].map(
      (name) => `'${join(prefix, name)}'`,
    );
    const script = `#!/bin/sh\nexec ${start} --library-path ${library} ${path} "$@"\n`;
    await writeFile(join(wrapped, program), script);
    await chmod(join(wrapped, program), 0o755);
  }
}
