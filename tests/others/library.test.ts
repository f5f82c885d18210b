/** The library and the command line as `cmake --install` puts them somewhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ours, projectOf } from './project';

const project = projectOf('cpp');
const installed = join(project.folder, 'installed');

beforeAll(async () => {
  await project.run('cmake', '--install', ours('build/release'), '--prefix', installed);
});

afterAll(() => project.remove());

test('another program finds the library, trains a net and reads a photograph', async () => {
  const libraries = process.env.FF_LIBRARIES ? [join(process.env.FF_LIBRARIES, 'usr')] : [];
  const found = `-DCMAKE_PREFIX_PATH=${[installed, ...libraries].join(';')}`;
  await project.run('cmake', '-S', '.', '-B', 'build', found, '-DCMAKE_BUILD_TYPE=Release');
  await project.run('cmake', '--build', 'build');
  const picture = ours('tests/cli/pictures/seven.jpg');
  const said = await project.run('build/read_a_digit', process.env.FF_DATA!, picture);
  const [, errors] = /^wrong about (\d+) of 10000 images\nreads a 7\n$/.exec(said) ?? [];
  expect(Number(errors)).toBeLessThan(1000);
});

test('the command line says which version it is', async () => {
  const { version } = JSON.parse(readFileSync(ours('package.json'), 'utf8')) as { version: string };
  expect(await project.run('installed/bin/ff', '--version')).toContain(version);
});
