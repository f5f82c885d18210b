// node scripts/build.mjs PRESET [TARGET...]: builds a CMake preset, with all that it needs.
import { command } from './lib/failure.mjs';
import { cmakeBuild } from './lib/cmake.mjs';

const [preset, ...targets] = process.argv.slice(2);
await command(() => cmakeBuild(preset, targets));
