import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  cacheDir: folder('../../build/vitest'),
  resolve: { alias: { '@engine': folder('../../build/wasm') } },
  test: {
    include: ['*.test.ts'],
    maxWorkers: 2, // a page waits much of the time
    // On a busy machine an answer takes its time.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
