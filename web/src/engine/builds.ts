/** The engine's builds, and which one this page runs. */
import {
  builds,
  mostThreads,
  relaxedModule,
  simdModule,
  type Build,
} from '../../../wasm/package/builds';
import { optional } from '../optional';
import { RefusedError } from './refused';

export type { Engine, Session } from '../../../wasm/package/load';
export { builds };

/** What a browser on this machine can do for this page. */
export interface Abilities {
  /** Whether it knows what every build is made of. */
  simd: boolean;
  relaxedSimd: boolean;
  /** Whether the server of the page lets it compile. */
  allowed: boolean;
  /** Whether the page may share memory between threads. */
  isolated: boolean;
  /** Whether the browser has memory to share, which some lack even then. */
  shares: boolean;
  /** How many threads run at once. */
  cores: number;
}

/** A build, and how many threads it is to run on. */
export interface Choice {
  build: Build;
  threads: number;
  /** What was wrong with the name that was asked for, in one sentence. */
  fault: string | null;
}

/**
 * The build of that name; the best one for null, and where the one that is named cannot be had.
 * Throws where none can.
 */
export function chooseBuild(name: string | null, abilities: Abilities): Choice {
  const named = builds.find((build) => build.name === name);
  const best = builds.find((build) => !obstacle(build, abilities));
  if (!best) throw new RefusedError(`${obstacle(builds.at(-1)!, abilities)}.`, null);
  const build = named && !obstacle(named, abilities) ? named : best;
  const threads = build.threads ? Math.min(abilities.cores, mostThreads) : 1;
  if (name === null || build === named) return { build, threads, fault: null };
  const wrong = named
    ? `engine=${name} cannot be had, because ${obstacle(named, abilities)}`
    : `engine should be one of ${names(builds)}, not “${name.slice(0, 40)}”`;
  return { build, threads, fault: `From this address: ${wrong}; ${build.name} is used.` };
}

/** The same without threads, after they could not be started. */
export function withoutThreads({ build: { relaxed } }: Choice, reason: string): Choice {
  const build = builds.find((other) => other.relaxed === relaxed && !other.threads)!;
  const fault = `The engine runs on one thread, because the others did not start: ${reason}`;
  return { build, threads: 1, fault };
}

/** "relaxed SIMD, 2 threads". */
export function titleOf({ build, threads }: Choice): string {
  const simd = build.relaxed ? 'relaxed SIMD' : 'SIMD';
  return `${simd}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

/** What the title means, and why it is not another. */
export function explanationOf({ build }: Choice, abilities: Abilities): string {
  const others = names(builds.filter((other) => other !== build));
  const obstacles = builds.flatMap((other) => obstacle(other, abilities) ?? []);
  const why = [...new Set(obstacles)].join(', and ');
  return (
    `The engine's build “${build.name}”; engine=NAME in the address asks for another: ${others}.` +
    (why && ` Not all can be had, because ${why}.`)
  );
}

/** Why this build cannot run; null if it can. */
function obstacle({ relaxed, threads }: Build, abilities: Abilities): string | null {
  if (!abilities.simd) {
    return (
      'this browser lacks WebAssembly with SIMD, which Chrome and Edge have from version 97, ' +
      'Firefox from 114, Safari from 16.4'
    );
  }
  if (!abilities.allowed) {
    return (
      'the server of this page forbids WebAssembly, its Content-Security-Policy would have to ' +
      "allow 'wasm-unsafe-eval'"
    );
  }
  if (threads && abilities.cores < 2) return 'this machine runs one thread at a time';
  if (threads && !abilities.isolated) return 'this page is not cross-origin isolated';
  if (threads && !abilities.shares) return 'this browser shares no memory between threads';
  if (relaxed && !abilities.relaxedSimd) return 'this browser has no relaxed SIMD';
  return null;
}

const names = (of: readonly Build[]): string => of.map(({ name }) => name).join(', ');

/** Of the browser, the machine and the page that this runs in. */
export const abilitiesHere = (): Abilities => ({
  simd: optional(() => WebAssembly.validate(simdModule)) ?? false,
  relaxedSimd: optional(() => WebAssembly.validate(relaxedModule)) ?? false,
  allowed: optional(() => new WebAssembly.Module(simdModule)) !== undefined,
  isolated: self.crossOriginIsolated,
  shares: typeof SharedArrayBuffer === 'function',
  // Some browsers keep it to themselves.
  cores: navigator.hardwareConcurrency || 1,
});
