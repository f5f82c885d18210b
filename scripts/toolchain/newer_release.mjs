// What this machine's own release has too old: the release of the same distribution that has it.
// Only Emscripten and Catch2 come from there, unpacked into the cache, never installed.
import { distribution } from '../lib/system.mjs';

export const newerRelease = { debian: 'trixie', ubuntu: 'resolute' }[distribution];

/** The LLVM that Emscripten goes with, of this machine's own release; sanitizers are of the same. */
export const llvm = 19;
