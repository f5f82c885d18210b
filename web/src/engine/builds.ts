/** The engine's builds, and which one this page runs. */
import createSimd, { type MainModule } from '@engine/ff-simd.mjs';
import simdUrl from '@engine/ff-simd.wasm?url';

export type { MainModule as Engine, Session } from '@engine/ff-simd.mjs';

export interface Build {
  name: string;
  title: string;
  create(): Promise<MainModule>;
}

/** In order of preference. */
const builds: readonly Build[] = [
  { name: 'simd', title: 'SIMD, 1 thread', create: () => createSimd({ locateFile: () => simdUrl }) },
];

/** The build of that name, or the best one for null. Throws a sentence when there is none. */
export function chooseBuild(name: string | null): Build {
  const chosen = name === null ? builds[0] : builds.find((build) => build.name === name);
  if (chosen) return chosen;
  const names = builds.map((build) => build.name).join(', ');
  throw new Error(`engine should be one of ${names}, not “${name?.slice(0, 40)}”.`);
}
