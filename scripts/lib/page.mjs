// Builds the page: a static folder, build/web.
import { setupData } from '../setup.mjs';
import { buildEngine } from './engine.mjs';
import { once } from './once.mjs';
import { run } from './run.mjs';

/** What the page needs: the core as WebAssembly modules, and what is derived from it. */
export const preparePage = once(async () => {
  await Promise.all([setupData(), buildEngine()]);
  await run('Derive the page\'s settings from the core', 'generate', ['npm', 'run', 'generate']);
});

export const buildPage = once(async () => {
  await preparePage();
  await run('Build the page', 'page', ['npx', 'vite', 'build', 'web']);
});
