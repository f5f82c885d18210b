import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { anyObject, anyText, ff, json, scratch } from './ff';

const files = scratch();
afterAll(() => files.remove());

interface Schema {
  properties: Record<string, { description: string; default: unknown }>;
}

test('every config field has its flag, with its help and its default', async () => {
  const schema = JSON.parse((await ff(['schema'])).stdout) as Schema;
  const help = (await ff(['train', '--help'])).stdout.replaceAll(/\s+/g, ' ');
  expect(Object.keys(schema.properties)).toContain('learning_rate');
  for (const [name, field] of Object.entries(schema.properties)) {
    expect(help).toContain(`--${name.replaceAll('_', '-')} `);
    expect(help).toContain(field.description);
  }
});

test('the presets are listed with the fields they set', async () => {
  const presets = await json(['presets']);
  const supervised = presets.find(({ name }) => name === 'supervised');
  expect(supervised).toMatchObject({ title: anyText, config: anyObject });
  const { stdout } = await ff(['presets']);
  for (const { name } of presets) expect(stdout).toContain(`${String(name)}: `);
});

test('--version is the version of the package', async () => {
  const file = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(file) as { version: string };
  expect((await ff(['--version'])).stdout).toBe(`ff ${version}\n`);
});

test('--help of the program and of each command ends well', async () => {
  const commands = ['train', 'eval', 'predict', 'presets', 'reproduce', 'plot', 'schema'];
  for (const command of [[], ...commands.map((name) => [name])]) {
    const { status, stdout, stderr } = await ff([...command, '--help']);
    expect(stdout).toContain(`Usage: ${['ff', ...command].join(' ')}`);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  }
});

test.each([
  [[], /command is required/],
  [['trian'], /trian: not understood/],
  [['train', '--bogus', '5'], /--bogus: not understood/],
  [['train', 'extra'], /extra: not understood/],
  [['train', '--out'], /--out/],
  [['train', '--eval-every', '0'], /--eval-every.*1 to/],
  [['train', '--checkpoint-every', '2'], /--checkpoint-every requires --checkpoint/],
  [['train', '--threads', '0'], /--threads.*1 to/],
  [['eval'], /MODEL is required/],
  [['eval', 'model', '--split', 'half'], /--split.*test.*train/],
  [['predict', 'model'], /IMAGE is required/],
  [['reproduce', '--seed', '2'], /--seed: not understood/],
  [['reproduce', '--seeds', '0'], /--seeds.*1 to/],
  [['plot'], /RECORD is required/],
  [['train', '--out', ''], /--out: expected a value, got an empty one/],
  [['train', '--out='], /--out/],
  [['train', '--checkpoint', ''], /--checkpoint: expected a value/],
  [['train', '--resume', ''], /--resume: expected a value/],
  [['train', '--preset', ''], /--preset: expected a value/],
  [['train', '--layers', ''], /--layers: expected a value/],
  [['eval', ''], /MODEL: expected a value/],
  [['predict', 'model', ''], /IMAGE: expected a value/],
  [['reproduce', '--out', ''], /--out: expected a value/],
  [['plot', 'record', '--out', ''], /--out: expected a value/],
])('%j is a wrong command line', async (args, sentence) => {
  const { status, stdout, stderr } = await ff(args);
  expect(stderr).toMatch(/^ff: .*; see ff.* --help\.\n$/);
  expect(stderr).toMatch(sentence);
  expect(stdout).toBe('');
  expect(status).toBe(2);
});

const config = (name: string, text: string) => {
  writeFileSync(files.path(name), text);
  return ['train', '--config', files.path(name)];
};

test.each([
  [['train', '--learning-rate', 'fast'], /learning_rate: expected a number .*"fast"/],
  [['train', '--learning-rate', '-1'], /learning_rate: expected a number .*-1/],
  [['train', '--learning-rate', 'nan'], /learning_rate: expected a number/],
  [['train', '--layers', '500,many'], /layers: expected .*"many"/],
  [['train', '--objective', 'best'], /objective: expected one of logistic/],
  [['train', '--preset', 'nope'], /preset: expected one of .*supervised/],
  [['train', '--negatives', 'hard', '--softmax-rate', '0'], /negatives: .*softmax_rate/],
  [['train', '--batch', '10000', '--train-images', '500'], /batch: expected at most the 500/],
  [['train', '--validation-images', '60000'], /validation_images: expected at most 59900 of/],
  [['train', '--validation-images', '59901'], /validation_images: expected at most 59900 of/],
  [config('list.json', '[1]'), /list\.json: expected a JSON object/],
  [config('text.json', 'layers: 3'), /text\.json: expected a JSON object/],
  [config('field.json', '{"layer": [3]}'), /field\.json: .*no field "layer".*"layers"/],
  [config('value.json', '{"batch": "all"}'), /value\.json: batch: expected a whole .*"all"/],
  [config('twice.json', '{"batch": 5, "batch": 6}'), /twice\.json: the field "batch" is given twice/],
  [['train', '--config', '/no/such.json'], /such\.json: there is no such file/],
  [['train', '--data', '/no/such'], /no\/such\/mnist\/train-images.*: there is no such file/],
  [['train', '--out', '/'], /\/: this is a folder/],
  [['train', '--out', '/dev/null'], /\/dev\/null: this is a folder or a device/],
  [['train', '--out', 'a', '--checkpoint', 'a'], /--checkpoint: expected another file than --out/],
  [['train', '--out', 'a', '--checkpoint', './a'], /--checkpoint: expected another file/],
  [['train', '--resume', '/no/such'], /\/no\/such: there is no such file/],
  [
    ['reproduce', 'shifted', '--negatives', 'uniform', '--softmax-rate', '0'],
    /softmax_rate: .* judged by the softmax, expected above 0/,
  ],
  [['reproduce', 'nope'], /NAME: expected an experiment, one of supervised.*"nope"/],
  [['reproduce', '--learning-rate', 'fast'], /learning_rate: expected a number .*"fast"/],
  [['reproduce', '--out', '/dev/null'], /\/dev\/null: the folder cannot be made/],
  [['plot', '/no/such'], /\/no\/such: there is no such file/],
  [['plot', files.path('list.json')], /list\.json: expected a record that ff reproduce wrote/],
  [['plot', files.path('list.json'), '--what', 'x'], /--what: expected one of error, .*"x"/],
  [['eval', '/no/such'], /\/no\/such: there is no such file/],
  [['eval', files.path('list.json')], /list\.json: /],
])('%j is refused in one sentence', async (args, sentence) => {
  const { status, stdout, stderr } = await ff(args);
  expect(stderr).toMatch(/^ff: .*\.\n$/);
  expect(stderr).toMatch(sentence);
  expect(stdout).toBe('');
  expect(status).toBe(1);
});

test('without a folder of data the user is told how to give one', async () => {
  const { status, stderr } = await ff(['train'], { FF_DATA: '' });
  expect(stderr).toMatch(/^ff: --data: .*FF_DATA.*\.\n$/);
  expect(status).toBe(1);
});
