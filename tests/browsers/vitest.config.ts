import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// One browser at a time: the page trains on both cores. A poll lasts as long as a net may take to
// learn on a busy machine.
export default defineConfig({
  cacheDir: fileURLToPath(new URL('../../build/vitest', import.meta.url)),
  test: {
    include: ['*.test.ts'],
    fileParallelism: false,
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 150_000,
    hookTimeout: 150_000,
  },
});
