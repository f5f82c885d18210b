// Builds the page: a static folder, build/web.
import { setupData } from '../setup.mjs';
import { cmakeBuild } from './cmake.mjs';
import { run } from './run.mjs';

/** What the page's sources import: the core as a WebAssembly module, and what is derived from it. */
export async function preparePage() {
  await setupData();
  await cmakeBuild('wasm', ['ff-simd']);
  await run('Derive the page\'s settings from the core', 'generate', ['npm', 'run', 'generate']);
}

export async function buildPage() {
  await preparePage();
  await run('Build the page', 'page', ['npx', 'vite', 'build', 'web']);
}
