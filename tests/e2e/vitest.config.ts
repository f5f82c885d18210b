import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// One browser at a time: the page measures itself, and trains on both cores.
export default defineConfig({
  cacheDir: fileURLToPath(new URL('../../build/vitest', import.meta.url)),
  test: {
    include: ['*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
