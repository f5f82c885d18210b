// The suites of tests in the order in which they run. Each gives what it has counted, if anything.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cmakeBuild } from '../lib/cmake.mjs';
import { packEngine } from '../lib/engine.mjs';
import { Failure } from '../lib/failure.mjs';
import { again, buildFuzzers, fuzz, targets } from '../lib/fuzzer.mjs';
import { sources } from '../lib/sources.mjs';
import { buildPage, preparePage } from '../lib/page.mjs';
import { build, root } from '../lib/paths.mjs';
import { output, run } from '../lib/run.mjs';
import { step } from '../lib/step.mjs';
import { setupBrowsers, setupBuild, setupData } from '../setup.mjs';
import { unlessPassed } from './passed.mjs';
import { tidy } from './tidy.mjs';

// What others wait for comes first, then what takes long. What a person must judge is run when it is asked
// for: pictures, and times, which tell of the machine as well.
export const suites = [
  { name: 'wasm', what: 'the core as WebAssembly under Node', run: () => testCore('wasm') },
  { name: 'core', what: 'the core, natively', run: testNatively },
  { name: 'types', what: 'the page and its tests (tsc)', run: checkTypes },
  { name: 'e2e', what: 'the page in Chromium', run: testPage },
  { name: 'cli', what: 'the command line on real data (vitest)', needs: ['core'], run: testCli },
  { name: 'asan', what: 'the core by clang with sanitizers', run: testWithSanitizers },
  { name: 'fuzz', what: 'fuzzers, some inputs each', needs: ['asan'], run: testByFuzzing },
  { name: 'tsan', what: 'threads with their sanitizer', run: () => testCore('tsan', ['core_tests']) },
  { name: 'kernels', what: 'the core on each instruction set', needs: ['core'], run: testKernels },
  { name: 'neon', what: 'the kernels for ARM, emulated', run: testNeon },
  { name: 'tidy', what: 'C++ has no known faults (clang-tidy)', needs: ['core'], run: checkTidy },
  { name: 'lint', what: 'JavaScript and TypeScript (ESLint)', run: lint },
  { name: 'web', what: 'units of the page (vitest)', run: testWeb },
  { name: 'format', what: 'C++ is formatted (clang-format)', run: checkFormat },
  { name: 'browsers', what: 'its main acts in Firefox and WebKit, too', run: testBrowsers },
  { name: 'others', what: 'other projects use what is installed and packed', needs: ['core', 'wasm'], run: testOthers },
  { name: 'feel', what: 'how the page answers and looks', asked: true, run: feel },
];

async function checkFormat() {
  const files = await sources('*.cpp', '*.hpp');
  await run('Check', 'format', ['clang-format', '--dry-run', '--Werror', ...files]);
}

async function testCore(preset, targets = []) {
  await setupData();
  await cmakeBuild(preset, targets);
  return ctest(preset);
}

async function ctest(preset) {
  const tests = ['ctest', '--preset', preset];
  await run(`Test ${preset}`, `ctest-${preset}`, tests, { progress: /\d+\/\d+/ });
  const log = await readFile(join(build, preset, 'Testing', 'Temporary', 'LastTest.log'), 'utf8');
  const counts = [...log.matchAll(/ in (\d+) test cases?/g)].map(([, count]) => Number(count));
  return `${counts.reduce((sum, count) => sum + count, 0)} tests`;
}

/** Without the command line, which takes as long to compile as the core. */
function testNatively() {
  return testCore('release', ['core_tests']);
}

/** The core's test program, and the files that it reads besides the data sets. */
async function coreTests(preset) {
  const program = join(build, preset, 'tests', 'core', 'core_tests');
  const read = await sources('tests/fuzz/corpus');
  return { program, files: [program, ...read.map((path) => join(root, path))] };
}

async function testWithSanitizers() {
  await setupData();
  await cmakeBuild('asan', ['core_tests']);
  const { files } = await coreTests('asan');
  return unlessPassed('asan', files, () => ctest('asan'));
}

async function testNeon() {
  await cmakeBuild('neon');
  const program = join(build, 'neon', 'tests', 'kernels', 'kernels_tests');
  return unlessPassed('neon', [program], () => ctest('neon'));
}

/** The core suite once more with each instruction set but the fastest, which it runs on anyway. */
async function testKernels() {
  await setupData();
  await cmakeBuild('release', ['ff', 'core_tests']);
  const help = await output(join(build, 'release', 'core', 'ff'), ['--help']);
  const [, ...others] = help.match(/machine has: (.+)\./)[1].split(', ');
  const { program, files } = await coreTests('release');
  return unlessPassed(`kernels ${others}`, files, async () => {
    for (const name of others) {
      await run(`Test with ${name}`, `kernels-${name}`, [program], { env: { FF_KERNELS: name } });
    }
    return others.join(', ');
  });
}

/** Few inputs and always the same, so that a fault is the change's. npm run fuzz tries many. */
async function testByFuzzing() {
  const inputs = 2000;
  await buildFuzzers();
  for (const target of targets) {
    const found = join(build, 'asan', 'fuzz', target);
    await rm(found, { recursive: true, force: true });
    const { fault } = await step(`Fuzz ${target}`, () => fuzz(target, found, { runs: inputs, seed: 1 }));
    if (fault) throw new Failure(`${fault.text}\nTo see it again: ${again(target, fault.file)}`);
  }
  return `${targets.length} targets, ${inputs} inputs each`;
}

async function testCli() {
  await setupData();
  await cmakeBuild('release', ['ff', 'ff_bench']);
  return vitest('cli');
}

async function lint() {
  await preparePage();
  // What has changed; in continuous integration all, for a type may have changed elsewhere.
  const changed = ['--cache', '--cache-strategy', 'content', '--cache-location', 'build/eslint/'];
  const which = process.env.CI ? [] : changed;
  await run('ESLint', 'eslint', ['npx', 'eslint', '--max-warnings', '0', ...which, '.']);
}

async function checkTypes() {
  await preparePage();
  const known = ['--incremental', '--tsBuildInfoFile', 'build/types.tsbuildinfo'];
  await run('tsc', 'tsc', ['npx', 'tsc', '-p', 'web', ...known]);
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

async function feel() {
  await buildPage();
  const times = () => readFile(join(build, 'logs', 'feel.log'), 'utf8').then(console.log);
  return vitest('feel').finally(times);
}

async function testBrowsers() {
  await setupBrowsers();
  await buildPage();
  return vitest('browsers');
}

/** They find the libraries by FF_LIBRARIES, and the package by FF_PACKAGE. */
async function testOthers() {
  await setupData();
  await cmakeBuild('release', ['ff']);
  const FF_PACKAGE = await packEngine();
  const { FF_LIBRARIES } = await setupBuild('release');
  return vitest('others', { env: { FF_PACKAGE, FF_LIBRARIES } });
}

async function vitest(folder, { env } = {}) {
  const tests = ['npx', 'vitest', 'run', '--root', `tests/${folder}`];
  const log = await run(`Test ${folder}`, folder, tests, { env, progress: /\S.*/ });
  return `${log.match(/Tests .*?(\d+) passed/)[1]} tests`;
}
