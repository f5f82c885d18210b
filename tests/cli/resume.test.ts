import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyText, ff, json, lines, scratch, shell, signalled, type Event } from './ff';

const files = scratch();
afterAll(() => files.remove());

// Everything that a resumed run could get wrong: shifts, hard negatives, decay, peer normalisation.
const run = [
  'train', '--layers', '80,60', '--train-images', '5000', '--epochs', '8', '--shift', '1',
  '--negatives', 'hard', '--peer-strength', '0.03', '--decay-start', '0.3',
];
const whole = files.path('whole.safetensors');
let events: Event[];

beforeAll(async () => {
  events = await json([...run, '--out', whole]);
});

const errors = (from: Event[]) =>
  from.filter(({ event }) => event === 'epoch').map(({ epoch, test_error }) => [epoch, test_error]);

test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGXCPU'] as const)(
  '%s keeps a checkpoint, and the command that is told goes on to the same weights',
  async (signal) => {
    const out = files.path(`${signal}'s model.safetensors`);
    const { status, stdout } = await signalled([...run, '--out', out], 'epoch', 3, signal);
    expect(status).toBe(130);
    const last = lines(stdout).at(-1)!;
    expect(last).toMatchObject({ event: 'interrupted', checkpoint: anyText });
    const resumed = await shell(last.resume as string);
    expect(resumed.status).toBe(0);
    expect(readFileSync(out).equals(readFileSync(whole))).toBe(true);
    const together = [...errors(lines(stdout)), ...errors(lines(resumed.stdout))];
    expect(together).toEqual(errors(events));
  },
);

test('a run that was killed goes on from its last checkpoint to the same weights', async () => {
  const checkpoint = files.path('killed.checkpoint');
  const out = files.path('killed.safetensors');
  const keep = ['--checkpoint', checkpoint, '--checkpoint-every', '2'];
  await signalled([...run, ...keep], 'epoch', 4, 'SIGKILL');
  const [start] = await json(['train', '--resume', checkpoint, '--out', out]);
  expect([200, 300]).toContain(start!.step);
  expect(readFileSync(out).equals(readFileSync(whole))).toBe(true);
});

test('a resumed run takes live flags and refuses the others', async () => {
  const checkpoint = files.path('live.checkpoint');
  await signalled([...run, '--checkpoint', checkpoint], 'epoch', 2, 'SIGINT');
  const [start] = await json(['train', '--resume', checkpoint, '--learning-rate', '0.0005']);
  expect(start!.config).toMatchObject({ learning_rate: 0.0005, layers: [80, 60], epochs: 8 });
  for (const other of [['--layers', '9'], ['--preset', 'supervised'], ['--config', 'x.json']]) {
    const { status, stdout, stderr } = await ff(['train', '--resume', checkpoint, ...other]);
    expect(stderr).toMatch(/^ff: --.* cannot be given with .*\n$/);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  }
});

test('a model without its optimiser is no checkpoint', async () => {
  const { status, stderr } = await ff(['train', '--resume', whole]);
  expect(stderr).toContain('no checkpoint');
  expect(status).toBe(1);
});

/** A data folder with so many of MNIST's training images, each changed by `change`. */
function otherData(name: string, count: number, change = (pixel: number) => pixel): string {
  const mnist = join(process.env.FF_DATA!, 'mnist');
  const unpacked = (file: string) => gunzipSync(readFileSync(join(mnist, `${file}.gz`)));
  const folder = files.path(name);
  mkdirSync(join(folder, 'mnist'), { recursive: true });
  for (const [file, header, size] of [
    ['train-images-idx3-ubyte', 16, 784],
    ['train-labels-idx1-ubyte', 8, 1],
    ['t10k-images-idx3-ubyte', 16, 784],
    ['t10k-labels-idx1-ubyte', 8, 1],
  ] as const) {
    const bytes = unpacked(file).subarray(0, header + count * size);
    bytes.writeUInt32BE(count, 4);
    if (size > 1) bytes.subarray(header).forEach((pixel, at, all) => (all[at] = change(pixel)));
    writeFileSync(join(folder, 'mnist', file), bytes);
  }
  return folder;
}

test('a run is not resumed with other images than it was begun on', async () => {
  const data = otherData('begun', 600);
  const checkpoint = files.path('other.checkpoint');
  const begin = ['train', '--layers', '30', '--epochs', '2', '--data', data];
  await json([...begin, '--checkpoint', checkpoint]);
  const resume = (folder: string, file = checkpoint) =>
    ff(['train', '--resume', file, '--data', folder]);

  const fewer = await resume(otherData('fewer', 500));
  expect(fewer.stderr).toBe(
    `ff: ${checkpoint}: data set: the run was begun on 600 images, there are 500 now; ` +
      'expected those it was begun on.\n',
  );
  expect([fewer.status, fewer.stdout]).toEqual([1, '']);
  const darker = await resume(otherData('darker', 600, (pixel) => pixel >> 1));
  expect(darker.stderr).toContain('these are as many others');
  expect((await resume(data)).status).toBe(0);

  const before = files.path('before.checkpoint'); // there were marks of the images
  const text = readFileSync(checkpoint, 'latin1').replace('"images":', '"imagez":');
  writeFileSync(before, text, 'latin1');
  expect((await resume(data, before)).status).toBe(0);
  expect((await resume(otherData('few', 200), before)).stderr).toMatch(/step: expected at most the/);
});
