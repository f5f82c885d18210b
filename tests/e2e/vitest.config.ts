import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** It measures what a person feels, on both cores. */
const feel = 'training.test.ts';

export default defineConfig({
  cacheDir: fileURLToPath(new URL('../../build/vitest', import.meta.url)),
  test: {
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'e2e', include: ['*.test.ts'], exclude: [feel] } },
      { extends: true, test: { name: 'feel', include: [feel] } },
    ],
  },
});
