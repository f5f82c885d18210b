/** The engine's builds, and what tells whether one runs here. */

export interface Build {
  /** In the names of its files. */
  name: string;
  relaxed: boolean;
  threads: boolean;
}

/** In order of preference: a second thread is worth more than a multiplication that also adds. */
export const builds: readonly Build[] = [
  { name: 'relaxed-threads', relaxed: true, threads: true },
  { name: 'simd-threads', relaxed: false, threads: true },
  { name: 'relaxed', relaxed: true, threads: false },
  { name: 'simd', relaxed: false, threads: false },
];

/** More share so small a net's work no faster. */
export const mostThreads = 8;

/** The beginning of a module with one function, of a v128 to a v128. */
const head = [
  ...[0, 97, 115, 109, 1, 0, 0, 0], // "\0asm", version 1
  ...[1, 6, 1, 96, 1, 123, 1, 123], // one type: a v128 to a v128
  ...[3, 2, 1, 0], // one function of it
];

/**
 * A module with what every build is made of: its function gives back its argument, after it has
 * caught every exception of nothing.
 */
export const simdModule = new Uint8Array([
  ...head,
  ...[10, 10, 1, 8, 0, 6, 64, 25, 11, 32, 0, 11],
]);

/** A module whose function multiplies and adds by f32x4.relaxed_madd. */
export const relaxedModule = new Uint8Array([
  ...head,
  ...[10, 13, 1, 11, 0, 32, 0, 32, 0, 32, 0, 253, 133, 2, 11], // of its argument, three times
]);
