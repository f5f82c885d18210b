// npm run format: puts every source into its form.
import { command } from './lib/failure.mjs';
import { preparePage } from './lib/page.mjs';
import { run } from './lib/run.mjs';
import { sources } from './lib/sources.mjs';
import { setupTests } from './setup.mjs';

await command(async () => {
  await setupTests();
  const files = await sources('*.cpp', '*.hpp');
  await run('Format C++', 'format', ['clang-format', '-i', ...files]);
  await preparePage(); // without its generated types, ESLint would take away what they need
  await run('Tidy up JavaScript and TypeScript', 'eslint', ['npx', 'eslint', '--fix', '.']);
});
