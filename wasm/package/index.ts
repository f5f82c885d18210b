/** The forward-forward engine, in the best of its builds that runs here: in Node or a browser. */
import { builds, mostThreads, relaxedModule, simdModule, type Build } from './builds.js';
import { load, type Engine } from './load.js';

export type { Engine, Session } from './load.js';

export interface Options {
  /** At most so many threads; by default as many as run at once, but no more than 8. */
  threads?: number;
}

export interface Started {
  engine: Engine;
  /** "relaxed-threads", "simd-threads", "relaxed" or "simd". */
  build: string;
  threads: number;
}

/**
 * Starts the engine. Where threads cannot be had or do not start it runs on one. Throws where there
 * is no WebAssembly with SIMD and exceptions.
 */
export async function start({ threads = mostThreads }: Options = {}): Promise<Started> {
  if (!WebAssembly.validate(simdModule)) {
    throw new Error('The engine needs WebAssembly with SIMD and exceptions, expected a newer system.');
  }
  const most = Math.min(threads, mostThreads, sharesMemory() ? cores() : 1);
  if (most > 1) {
    try {
      return await startBest(most);
    } catch {
      // One thread can do it, too.
    }
  }
  return startBest(1);
}

async function startBest(threads: number): Promise<Started> {
  const relaxed = WebAssembly.validate(relaxedModule);
  const fits = (build: Build): boolean => build.threads === threads > 1 && build.relaxed === relaxed;
  const { name } = builds.find(fits)!;
  const engine = await load(new URL(`ff-${name}.js`, import.meta.url).href, threads);
  return { engine, build: name, threads };
}

/** A page has memory to share only where its server asks for isolation; Node always has. */
const sharesMemory = (): boolean =>
  typeof SharedArrayBuffer === 'function' &&
  (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated !== false;

interface Here {
  navigator?: { hardwareConcurrency?: number };
  process?: { getBuiltinModule?(name: 'node:os'): { availableParallelism(): number } };
}

/** How many threads run at once; 1 where that is kept secret. */
const cores = (): number => {
  const { navigator, process } = globalThis as Here;
  const system = process?.getBuiltinModule?.('node:os');
  return system?.availableParallelism() ?? navigator?.hardwareConcurrency ?? 1;
};
