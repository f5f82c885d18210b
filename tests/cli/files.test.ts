/** What a run writes where, beside what is there already and beside other runs. */
import {
  chmodSync, lstatSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync,
} from 'node:fs';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { ff, program, scratch, shell, signalledAt } from './ff';

const files = scratch();
afterAll(() => files.remove());

// An empty folder for each test, where it also runs.
let folder: string;
let number = 0;
beforeEach(() => {
  folder = files.path(`${++number}`);
  mkdirSync(folder);
});
const path = (name: string) => `${folder}/${name}`;

const small = ['train', '--layers', '30', '--train-images', '500', '--batch', '50'];
const here = (line: string) => shell(`cd ${folder}\n${line}`);
const oneEpoch = [program, ...small, '--epochs', '1'].join(' ');

/** A run without end that is interrupted after an epoch. */
const interrupted = (...args: string[]) =>
  signalledAt(
    [...small, '--epochs', '99999', ...args],
    (line) => /^ +1 /.test(line),
    'SIGINT',
    folder,
  );
const checkpointOf = ({ stdout }: { stdout: string }) =>
  /the checkpoint is in (\S+)\. /.exec(stdout)![1]!;

test('models whose names differ after a dot have checkpoints that differ', async () => {
  const ended = await Promise.all([
    interrupted('--out', 'net-lr0.001'),
    interrupted('--out', 'net-lr0.002'),
    interrupted('--out', 'net-lr0.002.safetensors'),
  ]);
  const names = ended.map(checkpointOf);
  expect(names[0]).toBe('net-lr0.001.checkpoint.safetensors');
  expect(names.slice(1).toSorted()).toEqual([
    'net-lr0.002.checkpoint-2.safetensors',
    'net-lr0.002.checkpoint.safetensors',
  ]);
  expect(readdirSync(folder).toSorted()).toEqual(names.toSorted());
});

test('runs that were told no file keep a checkpoint each, at once and one after another', async () => {
  const atOnce = (await Promise.all([interrupted(), interrupted()])).map(checkpointOf);
  expect(atOnce.toSorted()).toEqual(['ff-checkpoint-2.safetensors', 'ff-checkpoint.safetensors']);
  const before = atOnce.map((name) => readFileSync(path(name)));
  expect(checkpointOf(await interrupted())).toBe('ff-checkpoint-3.safetensors');
  expect(atOnce.map((name) => readFileSync(path(name)))).toEqual(before);
});

test('a resumed run goes on in its own checkpoint', async () => {
  for (const name of ['ff-checkpoint.safetensors', 'ff-checkpoint-2.safetensors']) {
    expect(checkpointOf(await interrupted())).toBe(name);
    const again = await signalledAt(
      ['train', '--resume', name],
      (line) => /^ +\d+ /.test(line),
      'SIGINT',
      folder,
    );
    expect(checkpointOf(again)).toBe(name);
  }
  expect(readdirSync(folder)).toHaveLength(2);
});

test.each(['--out', '--checkpoint'])('two runs at once do not write one %s', async (flag) => {
  const { stderr } = await here(`
    ${program} ${small.join(' ')} --epochs 99999 ${flag} net --json > log & first=$!
    while ! grep -qs '"epoch",' log; do sleep 0.05; done
    ${oneEpoch} ${flag} net; echo "status $?" >&2
    kill $first; wait $first; echo "status $?" >&2
    ${oneEpoch} ${flag} net; echo "status $?" >&2`);
  expect(stderr).toBe(
    'ff: net: another run is at work on this file; wait for it, or name another.\n' +
      'status 1\nstatus 130\nstatus 0\n',
  );
});

test('a model goes through a symbolic link and spares a neighbour', async () => {
  mkdirSync(path('store'));
  symlinkSync('store/net', path('link'));
  writeFileSync(path('link.part'), 'mine');
  writeFileSync(path('store/net.part'), 'mine');
  expect((await here(`${oneEpoch} --out link`)).status).toBe(0);
  expect(lstatSync(path('link')).isSymbolicLink()).toBe(true);
  expect((await ff(['eval', path('store/net')])).status).toBe(0);
  expect(readdirSync(folder).toSorted()).toEqual(['link', 'link.part', 'store']);
  expect(readdirSync(path('store')).toSorted()).toEqual(['net', 'net.part']);
  expect(readFileSync(path('store/net.part'), 'utf8')).toBe('mine');
});

test('a file that is read-only is found out before training and stays', async () => {
  writeFileSync(path('net'), 'mine');
  chmodSync(path('net'), 0o444);
  const { status, stdout, stderr } = await here(`${oneEpoch} --out net`);
  expect(stderr).toBe('ff: net: the file is read-only, so it stays as it is.\n');
  expect([status, stdout]).toEqual([1, '']);
  expect(readFileSync(path('net'), 'utf8')).toBe('mine');
});

test('a model of more than a gibibyte is read', async () => {
  expect((await here('truncate -s 1100M net && exit 0')).status).toBe(0);
  const { status, stderr } = await ff(['eval', path('net')]);
  expect(stderr).toMatch(/^ff: .*net: .*\.\n$/);
  expect(stderr).not.toContain('larger');
  expect(status).toBe(1);
});
