// Builds the page: a static folder, build/web.
import { setupData } from '../setup.mjs';
import { cmakeBuild } from './cmake.mjs';
import { once } from './once.mjs';
import { run } from './run.mjs';

/** What the page needs: the core as WebAssembly modules, and what is derived from it. */
export const preparePage = once(async () => {
  const engines = ['ff-simd', 'ff-relaxed', 'ff-simd-threads', 'ff-relaxed-threads'];
  await Promise.all([setupData(), cmakeBuild('wasm', engines)]);
  await run('Derive the page\'s settings from the core', 'generate', ['npm', 'run', 'generate']);
});

export const buildPage = once(async () => {
  await preparePage();
  await run('Build the page', 'page', ['npx', 'vite', 'build', 'web']);
});
