// Configures and builds the presets of CMakePresets.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { setupBuild } from '../setup.mjs';
import { atMost, once } from './once.mjs';
import { build, root } from './paths.mjs';
import { run } from './run.mjs';

/** Builds the targets, or all of them, with everything that this needs. */
export async function cmakeBuild(preset, targets = []) {
  const variables = await setupBuild(preset);
  await inFolderOf(preset)(async () => {
    await configure(preset, variables);
    const target = targets.length > 0 ? ['--target', ...targets] : [];
    const jobs = ['--parallel', availableParallelism()];
    await cmake('Build', preset, ['--build', '--preset', preset, ...jobs, ...target], variables);
  });
}

/** Ninja allows one at a time. */
const inFolderOf = once(() => atMost(1));

/** Configures anew when what CMake does not watch by itself has changed. */
async function configure(preset, variables) {
  const stamp = join(build, preset, 'configured.json');
  const inputs = JSON.stringify([variables, readText(join(root, 'CMakePresets.json'))]);
  if (readText(stamp) === inputs) return;
  await cmake('Configure', preset, ['--preset', preset, '--fresh'], variables);
  writeFileSync(stamp, inputs);
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function cmake(what, preset, args, variables) {
  const PATH = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter); // for tsc
  return run(`${what} ${preset}`, `${what.toLowerCase()}-${preset}`, ['cmake', ...args], {
    env: { ...variables, PATH },
    progress: /^\[\d+\/\d+\]/, // of what Ninja has to do
  });
}
