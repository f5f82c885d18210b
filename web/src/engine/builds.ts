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
  {
    name: 'simd',
    title: 'SIMD, 1 thread',
    create: () => createSimd({ locateFile: () => simdUrl }),
  },
];

/** The build of that name; the best one for null, and for a name that there is not. */
export function chooseBuild(name: string | null): { build: Build; fault: string | null } {
  const [best] = builds as [Build];
  const named = builds.find((build) => build.name === name);
  if (named || name === null) return { build: named ?? best, fault: null };
  const names = builds.map((build) => build.name).join(', ');
  const fault =
    `From this address: engine should be one of ${names}, not “${name.slice(0, 40)}”; ` +
    `${best.name} is used.`;
  return { build: best, fault };
}
