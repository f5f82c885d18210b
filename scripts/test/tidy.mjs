// clang-tidy over the C++ that is compiled natively. What has passed is not looked at again until it
// changes: a mark in the cache remembers it, for every clone.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { Failure } from '../lib/failure.mjs';
import { build, cache, root } from '../lib/paths.mjs';
import { output } from '../lib/run.mjs';
import { step } from '../lib/step.mjs';

const folder = join(build, 'release');
const database = join(build, 'tidy');
const marks = join(cache, 'tidy');

/** Needs the release preset built. */
export async function tidy() {
  await mkdir(marks, { recursive: true });
  const all = await translationUnits();
  const waiting = all.filter(({ mark }) => !existsSync(mark));
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

/** What was found in one file; a mark is left if that is nothing. */
async function look({ file, mark }) {
  // GCC's flags may be unknown to clang.
  const args = ['--quiet', '-p', database, '--extra-arg=-Wno-unknown-warning-option', file];
  try {
    await output('clang-tidy', args);
  } catch (error) {
    return [error.message];
  }
  await writeFile(mark, '');
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
    const texts = made.map((path) => [relative(root, path), read(path)]);
    const state = [...common, command.replaceAll(root, '.'), ...texts];
    const digest = createHash('sha256').update(JSON.stringify(state)).digest('hex');
    return [{ file, mark: join(marks, digest) }];
  });
}

/** How each file is compiled, less GCC's precompiled headers, which clang cannot read. */
async function compileCommands() {
  const text = read(join(folder, 'compile_commands.json'));
  const commands = JSON.parse(text).map(({ command, ...rest }) => ({
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
