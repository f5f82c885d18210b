import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyNumber, ff, json, lines, scratch, type Event } from './ff';

const files = scratch();
afterAll(() => files.remove());

const small = ['--preset', 'supervised', '--layers', '100,80', '--train-images', '10000'];
let events: Event[];
const model = files.path('model.safetensors');

beforeAll(async () => {
  events = await json(['train', ...small, '--epochs', '3', '--out', model]);
});

test('a small net learns real MNIST', () => {
  const errors = events.filter(({ event }) => event === 'epoch').map((event) => event.test_error);
  expect(errors).toHaveLength(3);
  expect(errors[2]).toBeLessThan(0.1);
  expect(errors[2]).toBeLessThan(errors[0] as number);
});

test('the JSON lines tell the run from its config to its end', () => {
  expect(events.map(({ event }) => event)).toEqual(['start', 'epoch', 'epoch', 'epoch', 'done']);
  expect(events[0]).toMatchObject({
    config: { layers: [100, 80], train_images: 10_000, epochs: 3, dataset: 'mnist' },
    seed: 1,
    parameters: 785 * 100 + 101 * 80 + 181 * 10,
    train_images: 10_000,
    test_images: 10_000,
    step: 0,
    steps: 300,
  });
  expect(events[2]).toMatchObject({
    epoch: 2,
    step: 200,
    test_error: anyNumber,
    softmax_error: anyNumber,
    layer_errors: [anyNumber, anyNumber],
    loss: [anyNumber, anyNumber],
    pair_error: [anyNumber, anyNumber],
    learning_rate: anyNumber,
    images_per_second: anyNumber,
    seconds: anyNumber,
  });
  const { test_error, softmax_error, layer_errors } = events[3]!;
  expect(events[4]).toMatchObject({ test_error, softmax_error, layer_errors, model });
});

test('--help names every field of the JSON lines', async () => {
  const { stdout } = await ff(['train', '--help']);
  const names = new Set(events.flatMap((event) => Object.keys(event)));
  for (const name of names) expect(stdout).toMatch(new RegExp(`\\b${name}\\b`));
});

test('ff eval finds the errors that training ended with', async () => {
  const [judged] = await json(['eval', model]);
  const { test_error, softmax_error, layer_errors } = events.at(-1)!;
  expect(judged).toMatchObject({ test_images: 10_000, test_error, softmax_error, layer_errors });
  const { stdout } = await ff(['eval', model]);
  expect(stdout).toContain(`${((test_error as number) * 100).toFixed(2)} %`);
});

test('ff eval judges the training images too', async () => {
  const [judged] = await json(['eval', model, '--split', 'train']);
  expect(judged).toMatchObject({ train_images: 60_000, train_error: anyNumber });
  expect(judged).not.toHaveProperty('test_error');
});

test('the same config and seed give the same weights, another seed others', async () => {
  const train = async (seed: string, name: string) => {
    await json(['train', ...small, '--epochs', '1', '--seed', seed, '--out', files.path(name)]);
    return readFileSync(files.path(name));
  };
  const first = await train('7', 'first');
  expect((await train('7', 'again')).equals(first)).toBe(true);
  expect((await train('8', 'other')).equals(first)).toBe(false);
});

test('a flag overrides the config file, which overrides the preset', async () => {
  const file = files.path('config.json');
  writeFileSync(file, '{"learning_rate": 0.002, "batch": 50, "layers": [30], "train_images": 500}');
  const args = ['--preset', 'supervised', '--config', file, '--batch', '25', '--epochs', '1'];
  const [start] = await json(['train', ...args]);
  expect(start!.config).toMatchObject({ learning_rate: 0.002, batch: 25, layers: [30], epochs: 1 });
});

test('held-out images are judged in place of the test set', async () => {
  const args = ['--layers', '30', '--train-images', '1000', '--validation-images', '2000'];
  const [start, epoch] = await json(['train', ...args, '--epochs', '1']);
  expect(start).toMatchObject({ train_images: 1000, validation_images: 2000 });
  expect(epoch).toMatchObject({ validation_error: anyNumber });
  expect(epoch).not.toHaveProperty('test_error');
});

test('--eval-every judges now and then, and always the last epoch', async () => {
  const args = ['--layers', '20', '--train-images', '500', '--epochs', '5', '--eval-every', '2'];
  const all = await json(['train', ...args]);
  const judged = all.filter((event) => event.event === 'epoch' && 'test_error' in event);
  expect(judged.map(({ epoch }) => epoch)).toEqual([2, 4, 5]);
  expect(all.at(-1)).toHaveProperty('test_error');
});

test('--half writes a model of half the size that reads as well', async () => {
  const half = files.path('half.safetensors');
  await json(['train', ...small, '--epochs', '3', '--out', half, '--half']);
  expect(statSync(half).size).toBeLessThan(0.51 * statSync(model).size);
  const [judged] = await json(['eval', half]);
  expect(judged!.test_error).toBeCloseTo(events.at(-1)!.test_error as number, 2);
});

test('without --json a person reads the config, a line an epoch and the end', async () => {
  const args = ['--layers', '30,20', '--train-images', '500', '--epochs', '2'];
  const { status, stdout, stderr } = await ff(['train', ...args]);
  expect(status).toBe(0);
  expect(stderr).toBe('');
  expect(stdout).toContain('784-30-20');
  expect(stdout).toContain('learning_rate 0.001');
  expect(stdout).toMatch(/\n {4}1 .* %\n {4}2 .* %\n/);
  expect(stdout).toMatch(/Done in .*: \d+\.\d\d % test error\./);
});

test('an --out that cannot be written is found out before training', async () => {
  const nowhere = files.path('no/such/folder/model.safetensors');
  const { status, stdout, stderr } = await ff(['train', ...small, '--out', nowhere, '--json']);
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain(nowhere);
});

test('a loss that runs away ends the run with its cause, and leaves no model', async () => {
  const out = files.path('runaway.safetensors');
  const wild = ['--learning-rate', '10', '--weight-decay', '10'];
  const { status, stdout, stderr } = await ff(['train', ...small, ...wild, '--out', out, '--json']);
  expect(stderr).toMatch(/^ff: step \d+: the loss of layer \d is no longer a finite number/);
  expect(status).toBe(1);
  expect(lines(stdout).map(({ event }) => event)).toEqual(['start']);
  expect(existsSync(out)).toBe(false);
});
