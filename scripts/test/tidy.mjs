// clang-tidy over the C++ that is compiled natively: in continuous integration all of it, else what the
// clone has that its origin has not, unless it has passed.
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { Failure } from '../lib/failure.mjs';
import { build, root } from '../lib/paths.mjs';
import { output } from '../lib/run.mjs';
import { step } from '../lib/step.mjs';
import { hasPassed, leaveMark, markOf, stateOf } from './passed.mjs';

const folder = join(build, 'release');
const database = join(build, 'tidy');

/** Needs the release preset built. */
export async function tidy() {
  const all = await translationUnits();
  const isNew = await newHere();
  const waiting = all.filter(({ mark, made }) => made.some(isNew) && !hasPassed(mark));
  const count = waiting.length;
  const faults = [];
  const work = async () => {
    for (let unit = waiting.shift(); unit; unit = waiting.shift()) {
      faults.push(...(await look(unit)));
    }
  };
  const workers = Array.from({ length: availableParallelism() }, work);
  await step(`Look at ${count} files`, () => Promise.all(workers), () => `${waiting.length} left`);
  if (faults.length > 0) throw new Failure(faults.join('\n'));
  return `${all.length} files, ${count} new or changed`;
}

/** Tells whether a file is to be looked at. */
async function newHere() {
  if (process.env.CI) return () => true;
  const git = (...args) => output('git', args, { cwd: root });
  try {
    const origin = (await git('merge-base', 'HEAD', 'origin/HEAD')).trim();
    const changed = await git('diff', '--name-only', origin);
    const added = await git('ls-files', '--others', '--exclude-standard');
    const names = new Set(`${changed}\n${added}`.split('\n').map((name) => join(root, name)));
    return (path) => names.has(path);
  } catch {
    return () => true; // a clone of nothing, or no clone at all
  }
}

/** What was found in one file; a mark is left if that is nothing. */
async function look({ file, mark }) {
  // GCC's flags may be unknown to clang.
  const known = ['unknown-warning-option', 'unused-command-line-argument'];
  const args = ['--quiet', '-p', database, ...known.map((flag) => `--extra-arg=-Wno-${flag}`), file];
  try {
    await output('clang-tidy', args);
  } catch (error) {
    return [error.message];
  }
  leaveMark(mark);
  return [];
}

/** What the release preset compiles of ours, each with the mark of its present state. */
async function translationUnits() {
  const commands = await compileCommands();
  const headers = await headersOfObjects();
  const common = [await output('clang-tidy', ['--version']), read(join(root, '.clang-tidy'))];
  return commands.flatMap(({ file, command }) => {
    const made = headers.get(command.match(/ -o (\S+)/)[1]).filter(isOurs);
    if (made.length === 0) return [];
    const mark = markOf(...common, command.replaceAll(root, '.'), ...made.map(stateOf));
    return [{ file, made, mark }];
  });
}

/** How each file is compiled, less GCC's precompiled headers, which clang cannot read. */
async function compileCommands() {
  const text = read(join(folder, 'compile_commands.json'));
  const commands = JSON.parse(text)
    .filter(({ file }) => !file.endsWith('cmake_pch.hxx.cxx'))
    .map(({ command, ...rest }) => ({
      ...rest,
      command: command.replace(/ -Winvalid-pch -include \S+/, ''),
    }));
  await mkdir(database, { recursive: true });
  await writeFile(join(database, 'compile_commands.json'), JSON.stringify(commands));
  return commands;
}

/** What each object file was made from, as the compiler told Ninja. */
async function headersOfObjects() {
  const text = await output('ninja', ['-C', folder, '--quiet', '-t', 'deps']);
  const objects = text.split('\n\n').filter((block) => block.includes('#deps'));
  return new Map(
    objects.map((block) => {
      const [head, ...paths] = block.trim().split('\n');
      return [head.split(': #deps')[0], paths.map((path) => resolve(folder, path.trim()))];
    }),
  );
}

const isOurs = (path) => path.startsWith(join(root, '/')) && !path.startsWith(join(build, '/'));

const read = (path) => readFileSync(path, 'utf8');
