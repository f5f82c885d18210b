// The core as WebAssembly modules, and the npm package of them.
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cmakeBuild } from './cmake.mjs';
import { once } from './once.mjs';
import { build, root } from './paths.mjs';
import { run } from './run.mjs';

const modules = ['ff-simd', 'ff-relaxed', 'ff-simd-threads', 'ff-relaxed-threads'];

export const buildEngine = once(() => cmakeBuild('wasm', modules));

/** Packs the engine as other projects install it; gives the path of the file. */
export const packEngine = once(async () => {
  await buildEngine();
  const source = join(root, 'wasm', 'package');
  const folder = join(build, 'package');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run('Compile the package', 'package-tsc', ['npx', 'tsc', '-p', source]);
  const files = [...modules.flatMap((name) => [`${name}.js`, `${name}.wasm`]), 'ff-simd.d.ts'];
  await Promise.all([
    ...files.map((name) => copyFile(join(build, 'wasm', name), join(folder, name))),
    copyFile(join(source, 'README.md'), join(folder, 'README.md')),
    copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE')),
    writeDescription(join(source, 'package.json'), join(folder, 'package.json')),
  ]);
  const pack = ['npm', 'pack', '--pack-destination', build];
  const log = await run('Pack the engine', 'pack', pack, { cwd: folder });
  return join(build, log.trimEnd().split('\n').at(-1));
});

/** The package has the version of the whole. */
async function writeDescription(from, to) {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const { name, ...others } = JSON.parse(await readFile(from, 'utf8'));
  await writeFile(to, `${JSON.stringify({ name, version, ...others }, null, 2)}\n`);
}
