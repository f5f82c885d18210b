// The suites of tests in the order in which they run. Each gives what it has counted, if anything.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cmakeBuild } from '../lib/cmake.mjs';
import { packEngine } from '../lib/engine.mjs';
import { Failure } from '../lib/failure.mjs';
import { again, buildFuzzers, fuzz, targets } from '../lib/fuzzer.mjs';
import { sources } from '../lib/sources.mjs';
import { buildPage, preparePage } from '../lib/page.mjs';
import { build } from '../lib/paths.mjs';
import { output, run } from '../lib/run.mjs';
import { step } from '../lib/step.mjs';
import { setupBrowsers, setupBuild, setupData } from '../setup.mjs';
import { tidy } from './tidy.mjs';

// What others wait for comes first, then what takes long.
export const suites = [
  { name: 'wasm', what: 'the core as WebAssembly under Node', run: () => testCore('wasm') },
  { name: 'core', what: 'the core, natively', run: () => testCore('release') },
  { name: 'types', what: 'the page and its tests (tsc)', run: checkTypes },
  { name: 'cli', what: 'the command line on real data (vitest)', needs: ['core'], run: testCli },
  { name: 'asan', what: 'the core by clang with sanitizers', run: testWithSanitizers },
  { name: 'fuzz', what: 'fuzzers, some inputs each', needs: ['asan'], run: testByFuzzing },
  { name: 'tsan', what: 'threads with their sanitizer', run: () => testCore('tsan', ['core_tests']) },
  { name: 'kernels', what: 'the core on each instruction set', needs: ['core'], run: testKernels },
  { name: 'neon', what: 'the kernels for ARM, emulated', run: () => testCore('neon') },
  { name: 'tidy', what: 'C++ has no known faults (clang-tidy)', needs: ['core'], run: checkTidy },
  { name: 'lint', what: 'JavaScript and TypeScript (ESLint)', run: lint },
  { name: 'web', what: 'units of the page (vitest)', run: testWeb },
  { name: 'format', what: 'C++ is formatted (clang-format)', run: checkFormat },
  { name: 'e2e', what: 'the page in Chromium', run: () => testPage('e2e') },
  { name: 'browsers', what: 'its main acts in Firefox and WebKit, too', run: testBrowsers },
  { name: 'others', what: 'other projects use what is installed and packed', needs: ['core', 'wasm'], run: testOthers },
  { name: 'feel', what: 'the page while it trains, in time', alone: true, run: () => testPage('feel') },
];

async function checkFormat() {
  const files = await sources('*.cpp', '*.hpp');
  await run('Check', 'format', ['clang-format', '--dry-run', '--Werror', ...files]);
}

async function testCore(preset, targets = []) {
  await setupData();
  await cmakeBuild(preset, targets);
  await run(`Test ${preset}`, `ctest-${preset}`, ['ctest', '--preset', preset]);
  const log = await readFile(join(build, preset, 'Testing', 'Temporary', 'LastTest.log'), 'utf8');
  const counts = [...log.matchAll(/ in (\d+) test cases?/g)].map(([, count]) => Number(count));
  return `${counts.reduce((sum, count) => sum + count, 0)} tests`;
}

function testWithSanitizers() {
  return testCore('asan', ['core_tests']);
}

/** The core suite once more with each instruction set but the fastest, which it runs on anyway. */
async function testKernels() {
  await setupData();
  await cmakeBuild('release', ['ff', 'core_tests']);
  const help = await output(join(build, 'release', 'core', 'ff'), ['--help']);
  const [, ...others] = help.match(/machine has: (.+)\./)[1].split(', ');
  const tests = [join(build, 'release', 'tests', 'core', 'core_tests')];
  for (const name of others) {
    await run(`Test with ${name}`, `kernels-${name}`, tests, { env: { FF_KERNELS: name } });
  }
  return others.join(', ');
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

/** One of the projects of tests/e2e/vitest.config.ts. */
async function testPage(project) {
  await buildPage();
  return vitest('e2e', { project });
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

/** All tests of a folder, or one of its projects. */
async function vitest(folder, { env, project } = {}) {
  const options = project ? ['--project', project] : [];
  const tests = ['npx', 'vitest', 'run', '--root', `tests/${folder}`, ...options];
  const name = project ?? folder;
  const log = await run(`Test ${name}`, name, tests, { env });
  return `${log.match(/Tests .*?(\d+) passed/)[1]} tests`;
}
