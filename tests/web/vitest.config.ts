import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@engine': fileURLToPath(new URL('../../build/wasm', import.meta.url)) } },
  test: { include: ['*.test.ts'] },
});
