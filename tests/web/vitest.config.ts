import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  cacheDir: folder('../../build/vitest'),
  resolve: { alias: { '@engine': folder('../../build/wasm') } },
  test: { include: ['*.test.ts'], testTimeout: 30_000 },
});
