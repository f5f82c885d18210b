/** Whatever ends a run, what it has learnt is kept and can be read. */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { ff, json, lines, program, scratch, shell, signalledAt } from './ff';

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
const train = (epochs: number, args = '') =>
  `${program} ${small.join(' ')} --epochs ${epochs} ${args}`;
const reads = async (model: string) => (await ff(['eval', model])).status === 0;

test('with its output cut off a run goes on to its model, and says so', async () => {
  const { stdout, stderr } = await here(`${train(10, '--out m.safetensors')} | head -1`);
  expect(stdout.split('\n')).toHaveLength(2);
  expect(stderr).toBe(
    'ff: Standard output takes no more; the run goes on without it.\n' +
      'ff: The run is done; the net is in m.safetensors.\n',
  );
  expect(readdirSync(folder)).toEqual(['m.safetensors']);
  expect(await reads(path('m.safetensors'))).toBe(true);
});

test('with its output cut off a run that was to keep nothing keeps its net', async () => {
  const { stderr } = await here(`(${train(10)}; echo "status $?" >&2) | head -1`);
  const kept = /the net is in (\S+)\.\n/.exec(stderr)![1]!;
  expect(stderr).toContain('status 0\n');
  expect(await reads(path(kept))).toBe(true);
});

test('with its output closed from the start a run writes its model and nothing else into it', async () => {
  const { status } = await here(`${train(2, '--out m.safetensors --json')} >&- 2>&-`);
  expect(status).toBe(0);
  await json([...small, '--epochs', '2', '--out', path('other.safetensors')]);
  const [model, other] = ['m', 'other'].map((name) => readFileSync(path(`${name}.safetensors`)));
  expect(model!.equals(other!)).toBe(true);
});

test('output to a full disk is no good end, but the model is there', async () => {
  const { status, stderr } = await here(`${train(2, '--out m.safetensors')} > /dev/full`);
  expect(status).toBe(1);
  expect(stderr).toContain('ff: standard output: it could not be written to the end.\n');
  expect(await reads(path('m.safetensors'))).toBe(true);
});

test('nohup lets a run outlive its terminal', async () => {
  const run = `nohup ${train(30, '--out m.safetensors --json')} > log 2>&1 & child=$!
    while ! grep -qs '"epoch",' log; do sleep 0.05; done; kill -HUP $child; wait $child`;
  expect((await here(run)).status).toBe(0);
  expect(await reads(path('m.safetensors'))).toBe(true);
});

// No file may grow beyond this: what a full disk does, without a disk. In blocks of 512 bytes.
const full = (line: string) => here(`trap '' XFSZ; ulimit -f 32 && ${line}`);
const bytesOf = (name: string) => readFileSync(path(name));

test('a checkpoint that does not fit on the disk costs a run nothing, nor the one before', async () => {
  writeFileSync(path('c'), 'the one before');
  const { status, stdout, stderr } = await full(train(2, '--checkpoint c --json'));
  expect(status).toBe(0);
  const sentence = 'ff: c: the file cannot be written: file too large; the run goes on.\n';
  expect(stderr).toBe(sentence.repeat(2));
  expect(lines(stdout).at(-1)).toMatchObject({ event: 'done', epoch: 2 });
  expect(bytesOf('c').toString()).toBe('the one before');
  expect(readdirSync(folder)).toEqual(['c']);
});

test('a model that can be kept nowhere is said to be', async () => {
  const { status, stderr } = await full(train(1, '--out m'));
  expect(stderr).toMatch(/ff: m: the file cannot be written: file too large; the net .* nowhere\.\n$/);
  expect(status).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

/** Takes the folder "gone" away at the first epoch, and sends the signal at the second. */
async function withoutFolder(epochs: number, signal: NodeJS.Signals) {
  mkdirSync(path('gone'));
  const args = [...small, '--epochs', `${epochs}`, '--out', path('gone/m.safetensors')];
  const isSecond = (line: string) => {
    if (/^ +1 /.test(line)) rmSync(path('gone'), { recursive: true });
    return /^ +2 /.test(line);
  };
  return signalledAt(args, isSecond, signal, folder);
}

test('a model whose folder is gone at the end leaves its run elsewhere, by name', async () => {
  const { status, stderr } = await withoutFolder(3, 'SIGCONT');
  const [, kept] = /; the run is kept in (\S+), from where it can be resumed\.\n$/.exec(stderr)!;
  expect(stderr).toContain('gone/m.safetensors: the file cannot be written, there is no folder ');
  expect(status).toBe(1);
  expect(kept).toBe(path('m.checkpoint.safetensors'));
  const again = await json(['train', '--resume', kept!, '--out', path('m')]);
  expect(again.at(-1)).toMatchObject({ event: 'done', epoch: 3 });
});

test('an interrupted run whose folder is gone leaves a checkpoint elsewhere, by name', async () => {
  const { status, stdout } = await withoutFolder(99_999, 'SIGINT');
  expect(status).toBe(130);
  expect(stdout).toContain(`the checkpoint is in ${path('m.checkpoint.safetensors')}. `);
  expect(await reads(path('m.checkpoint.safetensors'))).toBe(true);
});

test('weights beyond the range of --half are kept in full', async () => {
  await json([...small, '--epochs', '1', '--checkpoint', path('c')]);
  const checkpoint = bytesOf('c');
  const header = Number(checkpoint.readBigUInt64LE());
  const tensors = JSON.parse(checkpoint.subarray(8, 8 + header).toString()) as Record<
    string,
    { data_offsets: [number, number] }
  >;
  checkpoint.writeFloatLE(1e6, 8 + header + tensors['layer1.bias']!.data_offsets[0]);
  writeFileSync(path('c'), checkpoint);
  const { status, stderr } = await here(`${program} train --resume c --out m --half`);
  expect(stderr).toMatch(/^ff: --half: Tensor "layer1\.bias" .*; the run is kept in \S+, .*\.\n$/);
  expect(status).toBe(1);
  const kept = / kept in (\S+), /.exec(stderr)![1]!;
  expect((await here(`${program} train --resume ${kept} --out m`)).status).toBe(0);
  expect(await reads(path('m'))).toBe(true);
});
