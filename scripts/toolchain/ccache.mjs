// Where ccache is installed, what one clone has compiled is not compiled again in another.
import { cpus } from 'node:os';
import { join } from 'node:path';
import { cache, root } from '../lib/paths.mjs';
import { which } from '../lib/run.mjs';

/** Environment variables that make CMake or Emscripten compile through ccache. */
export function compilerCache(preset) {
  const ccache = which('ccache');
  if (!ccache) return {};
  return {
    [preset === 'wasm' ? 'EM_COMPILER_WRAPPER' : 'CMAKE_CXX_COMPILER_LAUNCHER']: ccache,
    CCACHE_DIR: join(cache, 'ccache'),
    CCACHE_MAXSIZE: '1G',
    CCACHE_BASEDIR: root,
    CCACHE_NOHASHDIR: 'true',
    // A precompiled header has 170 MB: it is looked at once, not for every file that is compiled with it.
    CCACHE_INODECACHE: 'true',
    // What it asks for before it caches what is compiled with precompiled headers.
    CCACHE_SLOPPINESS: 'pch_defines,time_macros',
    // Code for this machine's processor (-march=native) is of no use to another.
    CCACHE_NAMESPACE: cpus()[0].model,
  };
}
