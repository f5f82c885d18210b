import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { patience } from './patience.ts';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  cacheDir: folder('../../build/vitest'),
  resolve: { alias: { '@engine': folder('../../build/wasm') } },
  test: {
    include: ['*.test.ts'],
    maxWorkers: 2, // a page waits much of the time
    expect: { poll: { timeout: patience } },
    testTimeout: 4 * patience,
    hookTimeout: 4 * patience,
  },
});
