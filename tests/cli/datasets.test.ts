import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { anyNumber, ff, json, scratch } from './ff';
import { png } from './png';

const files = scratch();
afterAll(() => files.remove());

const tiny = ['--layers', '20', '--batch', '10', '--epochs', '60'];
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
    const [start, ...events] = await train('cifar-10', files.path('data'), '--out', model);
    expect(start).toMatchObject({ train_images: 60, test_images: 10 });
    expect(start!.parameters).toBe(3073 * 20 + 21 * 10);
    const { test_error } = events.at(-1)!;
    expect(test_error).toEqual(anyNumber);
    const [judged] = await json(['eval', model, '--data', files.path('data')]);
    expect(judged).toMatchObject({ dataset: 'cifar-10', test_error });
  });

  test('reads no picture of another shape', async () => {
    const digit = files.path('digit.png');
    writeFileSync(digit, png(new Uint8Array(28 * 28).fill(255, 300, 400), 28, 28));
    const { status, stderr } = await ff(['predict', model, digit]);
    expect(stderr).toBe(
      `ff: ${digit}: the image is 28x28 pixels, 32x32 in colour as of those the net ` +
        'learns from was expected.\n',
    );
    expect(status).toBe(1);
  });
});

describe('a folder of images by class', () => {
  const side = 6;
  const folder = files.path('images');
  /** Classes that differ in their lower half. */
  const write = (place: string, count: number, shade: number) => {
    mkdirSync(join(folder, place), { recursive: true });
    for (let index = 0; index < count; ++index) {
      const pixels = Uint8Array.from({ length: side * side }, (_, pixel) =>
        pixel < 18 ? (index * 7 + pixel) % 256 : shade + (index % 40),
      );
      writeFileSync(join(folder, place, `${index + 100}.png`), png(pixels, side, side));
    }
  };
  write('dark', 60, 20);
  write('light', 60, 200);

  test('trains a net on five sixths of them and judges it on the others', async () => {
    const [start, ...events] = await train('folder', folder);
    expect(start).toMatchObject({ train_images: 100, test_images: 20 });
    expect(start!.parameters).toBe((side * side + 1) * 20 + 21 * 2);
    expect(events.at(-1)!.test_error).toBeLessThan(0.1);
  });

  test('has all classes among the images held out, and among the others', async () => {
    const events = await train('folder', folder, '--validation-images', '50');
    expect(events[0]).toMatchObject({ train_images: 50, validation_images: 50 });
    expect(events.at(-1)!.validation_error).toBeLessThan(0.2);
  });

  test('is refused in one sentence when an image is broken off', async () => {
    const file = join(folder, 'light/100.png');
    truncateSync(file, 50);
    const { status, stderr } = await ff(['train', '--dataset', 'folder', '--data', folder]);
    expect(stderr).toBe(`ff: ${file}: the PNG image is truncated.\n`);
    expect(status).toBe(1);
  });

  test('is told of by --help', async () => {
    const help = (await ff(['train', '--help'])).stdout.replaceAll(/\s+/g, ' ');
    expect(help).toContain('DIR/train/CLASS/ and DIR/test/CLASS/, or only DIR/CLASS/');
  });
});

/** An IDX data set of so many square images of each split, of that side. */
function idx(name: string, sides: { train: number; t10k: number }): string {
  const count = 20;
  mkdirSync(files.path(`${name}/mnist`), { recursive: true });
  for (const [split, side] of Object.entries(sides)) {
    const header = Buffer.alloc(16);
    [0x803, count, side, side].forEach((word, at) => header.writeUInt32BE(word, 4 * at));
    const write = (kind: string, bytes: Buffer) =>
      writeFileSync(files.path(`${name}/mnist/${split}-${kind}-ubyte`), bytes);
    write('images-idx3', Buffer.concat([header, Buffer.alloc(count * side * side, 9)]));
    header.writeUInt32BE(0x801);
    write('labels-idx1', Buffer.concat([header.subarray(0, 8), Buffer.from(Array.from({ length: count }, (_, at) => at % 2))]));
  }
  return files.path(name);
}

test('test images of another size are refused before anything is trained, by their folder', async () => {
  const model = files.path('small.safetensors');
  const data = idx('sizes', { train: 8, t10k: 9 });
  const { status, stdout, stderr } = await ff(['train', '--data', data, ...tiny, '--out', model]);
  expect(stderr).toBe(
    `ff: ${join(data, 'mnist')}: the test images are 9x9 pixels, 8x8 as of those the net learns ` +
      'from were expected.\n',
  );
  expect([status, stdout]).toEqual([1, '']);
  await train('mnist', idx('small', { train: 8, t10k: 8 }), '--out', model);
  const judged = await ff(['eval', model, '--data', idx('large', { train: 9, t10k: 9 })]);
  expect(judged.stderr).toMatch(/^ff: .*large\/mnist: the test images are 9x9 pixels, 8x8 as .*\.\n$/);
  expect(judged.status).toBe(1);
});

describe('gzip files', () => {
  /** A small data set whose images are packed so, in place of the plain ones. */
  const packed = (name: string, pack: (plain: Buffer) => Buffer): [data: string, file: string] => {
    const data = idx(name, { train: 8, t10k: 8 });
    const file = join(data, 'mnist/train-images-idx3-ubyte');
    writeFileSync(file, pack(readFileSync(file)));
    return [data, file];
  };
  const quick = ['--layers', '20', '--batch', '10', '--epochs', '1'];

  test.each([3, 12, 40])('are called truncated when they lack their last %i bytes', async (cut) => {
    const [data, file] = packed(`cut-${cut}`, (plain) => gzipSync(plain).subarray(0, -cut));
    const { status, stderr } = await ff(['train', '--data', data, ...quick]);
    expect(stderr).toBe(`ff: ${file}: the gzip file is truncated.\n`);
    expect(status).toBe(1);
  });

  test('may have several members, and zeros behind', async () => {
    const [members] = packed('members', (plain) =>
      Buffer.concat([gzipSync(plain.subarray(0, 500)), gzipSync(plain.subarray(500))]),
    );
    const [padded] = packed('padded', (plain) =>
      Buffer.concat([gzipSync(plain), Buffer.alloc(512)]),
    );
    for (const data of [members, padded]) {
      expect((await ff(['train', '--data', data, ...quick])).stderr).toBe('');
    }
  });
});

describe('of a folder of images, what cannot be read is told', () => {
  const digit = png(new Uint8Array(36), 6, 6);
  const folder = (name: string, ...places: string[]): string => {
    for (const place of places) {
      mkdirSync(files.path(`${name}/${place}`), { recursive: true });
      for (let image = 0; image < 12; ++image) {
        writeFileSync(files.path(`${name}/${place}/${image}.png`), digit);
      }
    }
    return files.path(name);
  };
  const refusal = async (data: string): Promise<string> =>
    (await ff(['train', '--dataset', 'folder', '--data', data, ...tiny])).stderr;

  test('pictures of other formats', async () => {
    const data = folder('formats', 'a', 'b');
    writeFileSync(join(data, 'b/y.gif'), 'GIF89a, more or less');
    expect(await refusal(data)).toMatch(/y\.gif: this is a GIF image/);
  });

  test('a split by another name', async () => {
    const data = folder('splits', 'train/a', 'train/b', 'val/a', 'val/b');
    expect(await refusal(data)).toMatch(/rename val\/ to test\//);
  });

  test('a pipe, which has no end', { timeout: 10_000 }, async () => {
    const data = folder('pipes', 'a', 'b');
    execFileSync('mkfifo', [join(data, 'b/13.png')]);
    expect(await refusal(data)).toMatch(/13\.png: this is a pipe or a device/);
  });
});
