// node scripts/build.mjs [page | package | PRESET [TARGET...]]: builds the page, the engine's npm
// package, or a CMake preset.
import { command } from './lib/failure.mjs';
import { cmakeBuild } from './lib/cmake.mjs';
import { packEngine } from './lib/engine.mjs';
import { buildPage } from './lib/page.mjs';

const [what = 'page', ...targets] = process.argv.slice(2);
await command(async () => {
  if (what === 'page') await buildPage();
  else if (what === 'package') console.log(await packEngine());
  else await cmakeBuild(what, targets);
});
