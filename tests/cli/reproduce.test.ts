import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anyNumber, anyText, ff, program, scratch, shell, signalledAt } from './ff';

const files = scratch();
afterAll(() => files.remove());

interface Epoch {
  epoch: number;
  test_error: number;
  softmax_error: number;
}
interface Run {
  seed: number;
  test_error: number;
  validation_error: number;
  readings?: { 'read at one place': number };
  epochs: Epoch[];
}
interface Record {
  config: object;
  runs: Run[];
  test_error_mean: number;
  finished: boolean;
}

const read = (folder: string, experiment = 'supervised') =>
  JSON.parse(readFileSync(join(folder, `${experiment}.json`), 'utf8')) as Record;
const table = (folder: string) => readFileSync(join(folder, 'README.md'), 'utf8');
const row = (folder: string) =>
  table(folder)
    .split('\n')
    .find((line) => line.includes('(supervised.json)'))!;
const errors = ({ runs }: Record) =>
  runs.map(({ epochs, test_error }) => [
    test_error,
    ...epochs.map((judged) => [judged.epoch, judged.test_error]),
  ]);

const size = ['--layers', '40,30', '--train-images', '1000', '--validation-images', '2000'];
const small = ['reproduce', 'supervised', ...size, '--epochs', '4', '--seeds', '2'];
const whole = files.path('whole');
let stdout: string;
beforeAll(async () => {
  const ended = await ff([...small, '--out', whole]);
  expect(ended.stderr).toBe('');
  expect(ended.status).toBe(0);
  ({ stdout } = ended);
});

test('the record says what was run, on what, and what it came to', () => {
  const record = read(whole);
  expect(record).toMatchObject({
    experiment: 'supervised',
    title: 'Supervised',
    config: { layers: [40, 30], train_images: 1000, epochs: 4, negatives: 'hard' },
    source: anyText,
    published: '1.36',
    goal: anyNumber,
    command: `ff reproduce supervised --train-images 1000 --validation-images 2000 --layers 40,30 --epochs 4 --seeds 2`,
    machine: { processor: anyText, cores: anyNumber, threads: anyNumber, kernels: anyText },
    finished: true,
  });
  expect(record.config).not.toHaveProperty('seed');
  expect(record.runs.map(({ seed }) => seed)).toEqual([1, 2]);
  const [one, two] = record.runs as [Run, Run];
  expect(record.test_error_mean).toBeCloseTo((one.test_error + two.test_error) / 2, 9);
  expect(readdirSync(whole).sort()).toEqual(['README.md', 'supervised.json']);
});

test('every judged epoch has its errors and its layers', () => {
  for (const { epochs, test_error } of read(whole).runs) {
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    const layer = {
      positive: anyNumber,
      negative: anyNumber,
      loss: anyNumber,
      entropy_positive: anyNumber,
      entropy_negative: anyNumber,
    };
    const judged = {
      loss: anyNumber,
      validation_error: anyNumber,
      test_error: anyNumber,
      softmax_error: anyNumber,
      layer_errors: [anyNumber, anyNumber],
      upto_errors: [anyNumber, anyNumber],
      layers: [layer, layer],
    };
    for (const epoch of epochs) expect(epoch).toMatchObject(judged);
    expect(epochs.at(-1)!.test_error).toBe(test_error);
    expect(test_error).toBeLessThan(epochs[0]!.test_error);
  }
});

test('a person reads a line an epoch and the end', () => {
  expect(stdout.match(/supervised, seed [12]: 784-40-30, .* 1,000 images/g)).toHaveLength(2);
  expect(stdout.match(/^ {4}[1-4] .* % .* %$/gm)).toHaveLength(8);
  expect(stdout).toMatch(/supervised: .* % test error on average, the goal of .* not reached yet/);
});

test('the table holds the mean and each seed', () => {
  const { runs, test_error_mean } = read(whole);
  const percent = (share: number) => (100 * share).toFixed(2);
  const each = runs.map(({ test_error }) => percent(test_error)).join(', ');
  const cells = row(whole).split(' | ');
  expect(cells[0]).toContain('[Supervised](supervised.json)');
  expect(cells[2]).toBe('1.36');
  expect(cells[3]).toBe(`**${percent(test_error_mean)}** (${each})`);
  expect(cells[4]).toMatch(/^\d\.\d\d not yet$/);
  expect(Number(cells[5])).toBeCloseTo(
    runs.reduce((sum, run) => sum + 50 * run.validation_error, 0), 1,
  );
  expect(cells[6]).toMatch(/\d s$/);
  expect(cells[7]).toContain('`ff reproduce supervised --train-images 1000');
  expect(table(whole)).toMatch(/Times are those of\n\n- .*threads?, .* kernels/);
});

test('what is finished is skipped, and further seeds are added to it', async () => {
  const before = readFileSync(join(whole, 'supervised.json'));
  const again = await ff([...small, '--out', whole]);
  expect(again.status).toBe(0);
  expect(again.stdout).toMatch(/^supervised is finished: .*\n$/);
  expect(readFileSync(join(whole, 'supervised.json')).equals(before)).toBe(true);

  const folder = files.path('further');
  mkdirSync(folder);
  writeFileSync(join(folder, 'supervised.json'), before);
  const further = await ff([...small, '--seeds', '3', '--out', folder]);
  expect(further.stdout.match(/supervised, seed \d/g)).toEqual(['supervised, seed 3']);
  expect(errors(read(folder)).slice(0, 2)).toEqual(errors(read(whole)));
  expect(read(folder).runs).toHaveLength(3);
});

test('Ctrl-C keeps a checkpoint, and the same command goes on to the same errors', async () => {
  const folder = files.path("Ctrl-C's");
  let seeds = 0;
  const inSecondRun = (line: string) =>
    (seeds += line.includes('seed ') ? 1 : 0) === 2 && line.startsWith('    2 ');
  const stopped = await signalledAt([...small, '--out', folder], inSecondRun, 'SIGINT');
  expect(stopped.status).toBe(130);
  expect(existsSync(join(folder, '.supervised-2.checkpoint'))).toBe(true);
  expect(read(folder).finished).toBe(false);
  expect(row(folder)).toContain('not finished');
  expect(row(folder)).not.toContain('**');

  const command = stopped.stdout.trim().split('\n').at(-1)!.trim();
  expect(command).toContain(' reproduce supervised ');
  const resumed = await shell(command);
  expect(resumed.status).toBe(0);
  expect(resumed.stdout).toMatch(/Resumed at epoch [23]/); // a busy machine hears of Ctrl-C late
  expect(errors(read(folder))).toEqual(errors(read(whole)));
  expect(row(folder)).toContain('**');
  expect(readdirSync(folder).sort()).toEqual(['README.md', 'supervised.json']);
});

test('a run that was killed goes on from its last checkpoint', async () => {
  const folder = files.path('killed');
  const args = [
    'reproduce', 'supervised', '--layers', '60', '--train-images', '2000', '--epochs', '200',
    '--seeds', '1', '--checkpoint-seconds', '1', '--out', folder,
  ];
  const kept = () => existsSync(join(folder, '.supervised-1.checkpoint'));
  await signalledAt(args, kept, 'SIGKILL');
  expect(kept()).toBe(true);
  const { status, stdout } = await ff(args);
  expect(stdout).toMatch(/Resumed at epoch \d/);
  expect(status).toBe(0);
  const [run] = read(folder).runs as [Run];
  const every = Array.from({ length: 20 }, (_, index) => 10 * (index + 1));
  expect(run.epochs.map(({ epoch }) => epoch)).toEqual([1, ...every]);
});

test('a record of another config is not overwritten', async () => {
  const before = readFileSync(join(whole, 'supervised.json'));
  const { status, stdout, stderr } = await ff([...small, '--out', whole, '--batch', '50']);
  expect(stderr).toMatch(/^ff: .*supervised\.json: .* another config; .* --out\.\n$/);
  expect(stdout).toBe('');
  expect(status).toBe(1);
  expect(readFileSync(join(whole, 'supervised.json')).equals(before)).toBe(true);
});

describe('an experiment that its preset has judged by the softmax', () => {
  const folder = files.path('softmax');
  const few = ['--layers', '40,30', '--train-images', '1000', '--epochs', '2'];
  beforeAll(() => ff(['reproduce', 'shifted', ...few, '--seeds', '2', '--out', folder]));

  test('says so', () => {
    const record = read(folder, 'shifted');
    expect(record).toMatchObject({ by_softmax: true, finished: true });
    const [run] = record.runs;
    expect(run!.test_error).toBe(run!.epochs.at(-1)!.softmax_error);
    expect(table(folder)).toMatch(/\(shifted\.json\).*, read by the softmax \|/);
  });

  test('tells other readings of the same nets as well', async () => {
    await ff([
      'train', '--preset', 'shifted', ...few, '--softmax-shift', '0',
      '--out', files.path('one-place.safetensors'),
    ]);
    const judged = await ff(['eval', files.path('one-place.safetensors'), '--json']);
    const { runs } = read(folder, 'shifted');
    const errors = runs.map(({ readings }) => readings!['read at one place']);
    expect(errors[0]).toBe((JSON.parse(judged.stdout) as { softmax_error: number }).softmax_error);
    expect(errors[0]).not.toBe(runs[0]!.test_error);
    const percent = (share: number): string => (100 * share).toFixed(2);
    expect(table(folder)).toContain(
      `; read at one place ${percent((errors[0]! + errors[1]!) / 2)} (${errors.map(percent).join(', ')})`,
    );
  });
});

test('the experiments are listed', async () => {
  const { stdout } = await ff(['reproduce', '--list']);
  expect(stdout).toMatch(/^supervised: Supervised, .*\n {2}published {2}1\.36 %, Hinton 2022/m);
  expect(stdout).toMatch(/goal .* % at most, the mean of 3 seeds/);
});

test.each([
  ['supervised.json', 'hello', /supervised\.json: expected a record that ff reproduce wrote/],
  ['other.json', '{"experiment": "other"}', /other\.json: .*title: expected a text\./],
  ['runs.json', null, /runs\.json: .*seconds: expected a number\./],
])('a broken record, %s, is refused in one sentence', async (name, text, sentence) => {
  const folder = files.path(`broken ${name}`);
  mkdirSync(folder);
  const noTime = { ...read(whole), runs: [{ seed: 1, epochs: [] }] };
  writeFileSync(join(folder, name), text ?? JSON.stringify(noTime));
  const { status, stdout, stderr } = await ff([...small, '--out', folder]);
  expect(stderr).toMatch(/^ff: .*\.\n$/);
  expect(stderr).toMatch(sentence);
  expect(stdout).toBe('');
  expect(status).toBe(1);
});

test('an experiment at which another run is at work is not begun', async () => {
  const out = files.path('busy');
  const { stderr } = await shell(`
    ${program} reproduce supervised ${size.join(' ')} --epochs 99999 --out ${out} > ${out}.log & first=$!
    while ! grep -qs '^ *1 ' ${out}.log; do sleep 0.05; done
    ${program} ${small.join(' ')} --out ${out}; echo "status $?" >&2
    kill $first; wait $first; echo "status $?" >&2`);
  expect(stderr).toBe(
    `ff: ${out}/supervised.json: another run is at work on this file; wait for it, or name ` +
      'another.\nstatus 1\nstatus 130\n',
  );
});
