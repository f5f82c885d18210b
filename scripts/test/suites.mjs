// The suites of tests in the order in which they run. Each gives what it has counted, if anything.
import { cmakeBuild } from '../lib/cmake.mjs';
import { sources } from '../lib/sources.mjs';
import { buildPage, preparePage } from '../lib/page.mjs';
import { run } from '../lib/run.mjs';
import { setupData } from '../setup.mjs';
import { tidy } from './tidy.mjs';

export const suites = [
  { name: 'format', what: 'C++ is formatted (clang-format)', run: checkFormat },
  { name: 'core', what: 'the core, natively', run: () => testCore('release') },
  { name: 'cli', what: 'the command line on real data (vitest)', needs: ['core'], run: testCli },
  { name: 'wasm', what: 'the same tests of the core under Node', run: () => testCore('wasm') },
  { name: 'lint', what: 'JavaScript and TypeScript (ESLint)', needs: ['wasm'], run: lint },
  { name: 'types', what: 'the page and its tests (tsc)', needs: ['wasm'], run: checkTypes },
  { name: 'web', what: 'units of the page (vitest)', needs: ['wasm'], run: testWeb },
  { name: 'e2e', what: 'the page in Chromium', needs: ['wasm', 'types'], run: testPage },
  { name: 'tidy', what: 'C++ has no known faults (clang-tidy)', needs: ['core'], run: checkTidy },
  { name: 'asan', what: 'the core with sanitizers', needs: ['core'], run: testWithSanitizers },
];

async function checkFormat() {
  const files = await sources('*.cpp', '*.hpp');
  await run('Check', 'format', ['clang-format', '--dry-run', '--Werror', ...files]);
}

async function testCore(preset, targets = []) {
  await setupData();
  await cmakeBuild(preset, targets);
  const log = await run(`Test ${preset}`, `ctest-${preset}`, ['ctest', '--preset', preset], {
    dull: /^ +Start +\d+: | Passed +[\d.]+ sec$/,
  });
  return `${log.match(/out of (\d+)/)[1]} tests`;
}

function testWithSanitizers() {
  return testCore('asan', ['core_tests']);
}

async function testCli() {
  await setupData();
  await cmakeBuild('release', ['ff', 'ff_bench']);
  return vitest('cli');
}

async function lint() {
  await preparePage();
  await run('ESLint', 'eslint', ['npx', 'eslint', '--max-warnings', '0', '.']);
}

async function checkTypes() {
  await preparePage();
  await run('tsc', 'tsc', ['npx', 'tsc', '-p', 'web']);
}

async function testWeb() {
  await preparePage();
  return vitest('web');
}

async function checkTidy() {
  await cmakeBuild('release', ['all', 'ff_bench']);
  return tidy();
}

async function testPage() {
  await buildPage();
  return vitest('e2e');
}

async function vitest(folder) {
  const vitestRun = ['npx', 'vitest', 'run', '--root', `tests/${folder}`];
  const log = await run(`Test ${folder}`, folder, vitestRun);
  return `${log.match(/Tests .*?(\d+) passed/)[1]} tests`;
}
