import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyNumber, ff, json, lines, program, scratch, shell } from './ff';
import { png } from './png';

const files = scratch();
afterAll(() => files.remove());

const side = 28;
const data = join(process.env.FF_DATA!, 'mnist');
const imageFile = join(data, 't10k-images-idx3-ubyte.gz');
const images = gunzipSync(readFileSync(imageFile)).subarray(16);
const labels = gunzipSync(readFileSync(join(data, 't10k-labels-idx1-ubyte.gz'))).subarray(8);
const image = (index: number) => images.subarray(index * side * side, (index + 1) * side * side);
const digit = () => png(image(0), side, side);
const model = files.path('model.safetensors');
/** A digit that a camera or a program wrote. */
const picture = (name: string): string => fileURLToPath(new URL(`pictures/${name}`, import.meta.url));

beforeAll(async () => {
  const small = ['--layers', '150,150', '--train-images', '20000', '--epochs', '3'];
  await json(['train', '--preset', 'supervised', ...small, '--out', model]);
});

function file(name: string, bytes: Uint8Array): string {
  writeFileSync(files.path(name), bytes);
  return files.path(name);
}

/** A scan of the digit: dark ink on white paper, each of its pixels a block, off the centre. */
function scan(pixels: Uint8Array): Uint8Array {
  const [scale, margin, width] = [7, 40, 300];
  const paper = new Uint8Array(width * width).fill(255);
  for (let y = 0; y < side * scale; ++y) {
    for (let x = 0; x < side * scale; ++x) {
      const ink = pixels[Math.floor(y / scale) * side + Math.floor(x / scale)]!;
      paper[(y + margin) * width + x + margin] = 255 - ink;
    }
  }
  return png(paper, width, width);
}

test('every image of an IDX file is read, most of them rightly', async () => {
  const read = await json(['predict', model, imageFile]);
  expect(read).toHaveLength(10_000);
  const right = read.filter(({ label }, index) => label === labels[index]).length;
  const [judged] = await json(['eval', model]);
  expect(1 - right / 10_000).toBeCloseTo(judged!.test_error as number, 3);
  expect(right).toBeGreaterThan(9000);
});

test('a reading holds the goodness of every label and the softmax', async () => {
  const [read] = await json(['predict', model, imageFile, '--index', '17']);
  expect(read).toMatchObject({ image: imageFile, index: 17 });
  const goodness = read!.goodness as number[];
  const layers = read!.layer_goodness as number[][];
  expect(goodness).toHaveLength(10);
  expect(layers).toHaveLength(2);
  goodness.forEach((sum, label) => {
    expect(sum).toBeCloseTo(layers[0]![label]! + layers[1]![label]!, 4);
  });
  expect(read!.label).toBe(goodness.indexOf(Math.max(...goodness)));
  const softmax = read!.softmax as number[];
  expect(softmax.reduce((sum, share) => sum + share)).toBeCloseTo(1, 4);
  expect(read!.softmax_label).toBe(softmax.indexOf(Math.max(...softmax)));
});

test('a PNG of 28x28 with bright ink is taken as it is', async () => {
  const [fromPng] = await json(['predict', model, file('digit.png', digit())]);
  const [fromIdx] = await json(['predict', model, imageFile, '--index', '0']);
  expect(fromPng!.goodness).toEqual(fromIdx!.goodness);
});

test('scans of dark ink on paper are read', async () => {
  const scans = Array.from({ length: 40 }, (_, index) => file(`${index}.png`, scan(image(index))));
  const read = await json(['predict', model, ...scans]);
  const right = read.filter(({ label }, index) => label === labels[index]).length;
  expect(right).toBeGreaterThanOrEqual(35);
});

test('JPEG files are read, in grey and in colour, and turned as EXIF says', async () => {
  const names = ['seven.jpg', 'seven-blue-ground.jpg', 'seven-on-its-side.jpg'];
  const read = await json(['predict', model, ...names.map(picture)]);
  expect(read.map(({ label }) => label)).toEqual([7, 7, 7]);
});

test('white ink on a transparent picture is ink', async () => {
  const [read] = await json(['predict', model, picture('white-ink.png')]);
  expect(read!.label).toEqual(anyNumber);
});

test('what is packed by gzip is unpacked', async () => {
  const [packed] = await json(['predict', model, file('digit.png.gz', gzipSync(digit()))]);
  const [plain] = await json(['predict', model, file('digit.png', digit())]);
  expect(packed!.goodness).toEqual(plain!.goodness);
});

test('a blank picture is no digit', async () => {
  const blanks = [0, 255].map((shade) =>
    file(`blank-${shade}.png`, png(new Uint8Array(side * side).fill(shade), side, side)),
  );
  for (const read of await json(['predict', model, ...blanks])) expect(read.label).toBeNull();
  const { status, stdout } = await ff(['predict', model, ...blanks]);
  expect(stdout.match(/nothing drawn/g)).toHaveLength(2);
  expect(status).toBe(0);
});

test('a person sees one picture in full, and of several a row each', async () => {
  const seven = file('seven.png', digit());
  const one = await ff(['predict', model, seven]);
  expect(one.stdout).toContain(`${seven}: 7`);
  expect(one.stdout).toMatch(/-> +7 .* %/);
  const two = await ff(['predict', model, seven, seven]);
  expect(two.stdout.split('\n').filter((line) => line.startsWith(seven))).toHaveLength(2);
});

test('one bad picture among good ones is named and spares them', async () => {
  const [good, bad] = [file('good.png', digit()), file('bad.png', digit().subarray(0, 60))];
  const { status, stdout, stderr } = await ff(['predict', model, good, bad, good, '--json']);
  expect(lines(stdout).map(({ image }) => image)).toEqual([good, good]);
  expect(stderr).toMatch(/^ff: .*bad\.png: .*truncated.*\.\n$/);
  expect(status).toBe(1);
});

test('- is standard input', async () => {
  const picture = file('piped.png', digit());
  for (const args of [`${model} - < ${picture}`, `- ${picture} < ${model}`]) {
    const { status, stdout } = await shell(`${program} predict ${args} --json`);
    expect(status).toBe(0);
    expect(lines(stdout)[0]).toMatchObject({ label: 7 });
  }
});

test.each([
  ['a GIF', () => [file('moving.gif', Buffer.from('GIF89a'))], /moving\.gif: this is a GIF image, /],
  ['the model twice', () => [model], /model\.safetensors: this is a safetensors file, a PNG or/],
  ['a text', () => [file('text.png', Buffer.from('hello'))], /text\.png: .*PNG/],
  ['a truncated PNG', () => [file('cut.png', digit().subarray(0, 60))], /cut\.png: .*truncated/],
  ['an empty file', () => [file('empty.png', Buffer.alloc(0))], /empty\.png: /],
  ['labels', () => [join(data, 't10k-labels-idx1-ubyte.gz')], /label file/],
  ['an index past the end', () => [imageFile, '--index', '10000'], /--index 10000 .*9999/],
  ['an index into a PNG', () => [file('a.png', digit()), '--index', '0'], /--index is for/],
  ['no file', () => [files.path('none.png')], /none\.png: there is no such file/],
])('%s is refused in one sentence', async (_, args, sentence) => {
  const { status, stdout, stderr } = await ff(['predict', model, ...args()]);
  expect(stderr).toMatch(/^ff: .*\.\n$/);
  expect(stderr).toMatch(sentence);
  expect(stdout).toBe('');
  expect(status).toBe(1);
});

test.each([
  ['a web page', '<!DOCTYPE html><title>Sign in</title>', /this is an HTML page, a safetensors/],
  ['a pointer', 'version https://git-lfs.github.com/spec/v1\n', /which git lfs pull fetches, a saf/],
  ['a packed model', gzipSync('model'), /this is a gzip file, a safetensors file was expected/],
  ['a digit', digit(), /this is a PNG image, a safetensors file was expected/],
  ['nothing', '', /this is an empty file, a safetensors file was expected/],
])('%s in place of a model is called by its name', async (_, bytes, sentence) => {
  const { status, stderr } = await ff(['predict', file('other', Buffer.from(bytes)), imageFile]);
  expect(stderr).toMatch(/^ff: .*other: .*\.\n$/);
  expect(stderr).toMatch(sentence);
  expect(status).toBe(1);
});
