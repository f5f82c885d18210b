import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { anyNumber, ff, json, scratch } from './ff';
import { png } from './png';

const files = scratch();
afterAll(() => files.remove());

const tiny = ['--layers', '20', '--epochs', '1', '--batch', '10'];
const train = (dataset: string, data: string, ...more: string[]) =>
  json(['train', '--dataset', dataset, '--data', data, ...tiny, ...more]);

describe('CIFAR-10', () => {
  const folder = files.path('data/cifar-10');
  mkdirSync(folder, { recursive: true });
  const record = (label: number) => Buffer.concat([Buffer.of(label), Buffer.alloc(3072, label)]);
  const batch = Buffer.concat([...Array(10).keys()].map(record));
  for (const name of ['data_batch_1', 'data_batch_2', 'data_batch_3', 'data_batch_4']) {
    writeFileSync(`${folder}/${name}.bin`, batch);
  }
  writeFileSync(`${folder}/data_batch_5.bin`, Buffer.concat([batch, batch]));
  writeFileSync(`${folder}/test_batch.bin`, batch);
  const model = files.path('cifar-10.safetensors');

  test('trains a net of 3072 inputs, and judges it', async () => {
    const [start, epoch] = await train('cifar-10', files.path('data'), '--out', model);
    expect(start).toMatchObject({ train_images: 60, test_images: 10 });
    expect(start!.parameters).toBe(3073 * 20 + 21 * 10);
    expect(epoch).toMatchObject({ epoch: 1, test_error: anyNumber });
    const [judged] = await json(['eval', model, '--data', files.path('data')]);
    expect(judged).toMatchObject({ dataset: 'cifar-10', test_error: epoch!.test_error });
  });

  test('is no help in reading a drawn digit', async () => {
    const digit = files.path('digit.png');
    writeFileSync(digit, png(new Uint8Array(28 * 28).fill(255, 300, 400), 28, 28));
    const { status, stderr } = await ff(['predict', model, digit]);
    expect(stderr).toMatch(/^ff: .*cifar-10\.safetensors: expected a net with 784 .* 3072\.\n$/);
    expect(status).toBe(1);
  });
});
