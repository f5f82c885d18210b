// npm start: builds the page and serves it until Ctrl-C.
import { join } from 'node:path';
import { command } from './lib/failure.mjs';
import { buildPage } from './lib/page.mjs';
import { root } from './lib/paths.mjs';

await command(async () => {
  process.env.npm_config_omit = 'dev'; // the tests' packages are half of all
  await buildPage();
  const { preview } = await import('vite'); // only now is it sure to be installed
  const server = await preview({ root: join(root, 'web'), logLevel: 'warn' });
  console.log(`\nForward-Forward is at ${server.resolvedUrls.local[0]} (Ctrl-C ends it)`);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => process.exit(0));
  }
});
