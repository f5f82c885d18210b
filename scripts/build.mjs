// node scripts/build.mjs [page | PRESET [TARGET...]]: builds the page, or a CMake preset.
import { command } from './lib/failure.mjs';
import { cmakeBuild } from './lib/cmake.mjs';
import { buildPage } from './lib/page.mjs';

const [what = 'page', ...targets] = process.argv.slice(2);
await command(() => (what === 'page' ? buildPage() : cmakeBuild(what, targets)));
