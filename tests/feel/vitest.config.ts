import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// One at a time: the page trains on both cores.
export default defineConfig({
  cacheDir: folder('../../build/vitest'),
  resolve: { alias: { '@engine': folder('../../build/wasm') } },
  test: {
    include: ['*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
