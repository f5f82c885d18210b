/** Nets of any number of classes, which answer by name, whoever asks. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ff, json, scratch } from './ff';
import { png } from './png';

const files = scratch();
afterAll(() => files.remove());

const side = 8;
const images = 24; // a class

/** Numbers that look like chance, always the same. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
}

/** Each class a pattern of its own, dark or light as it comes, with noise over it. */
function makeFolder(classes: number): string {
  const folder = files.path(`of-${classes}`);
  for (let label = 0; label < classes; ++label) {
    const pattern = random(label + 1);
    const lit = Array.from({ length: side * side }, () => pattern() < 0.5);
    const place = join(folder, `kind ${label}`);
    mkdirSync(place, { recursive: true });
    for (let index = 0; index < images; ++index) {
      const noise = random(1000 * label + index + 7);
      const pixels = Uint8Array.from(lit, (on) => (on ? 150 : 60) + 90 * noise());
      writeFileSync(join(place, `${index + 10}.png`), png(pixels, side, side));
    }
  }
  return folder;
}

/** Every sixth image of a class, by name, is for the test. */
const testImages = (folder: string) =>
  readdirSync(folder).flatMap((name) =>
    readdirSync(join(folder, name))
      .sort()
      .filter((_, at) => at % 6 === 5)
      .map((file) => ({ name, path: join(folder, name, file) })),
  );

describe.each([2, 3, 11, 40])('a folder of %i classes', (classes) => {
  const data = makeFolder(classes);
  const model = files.path(`of-${classes}.safetensors`);

  test('trains, is judged, and its pictures are read as they were judged, by name', async () => {
    const tiny = ['--layers', '60', '--batch', '10', '--epochs', '60', '--inputs', 'centred'];
    const events = await json(['train', '--dataset', 'folder', '--data', data, ...tiny, '--out', model]);
    expect(events.at(-1)!.test_error).toBeLessThan(0.2);
    const [judged] = await json(['eval', model, '--data', data]);
    const pictures = testImages(data);
    const read = await json(['predict', model, ...pictures.map(({ path }) => path)]);
    const wrong = read.filter((answer, at) => answer.class !== pictures[at]!.name).length;
    expect(wrong / pictures.length).toBeCloseTo(judged!.test_error as number, 6);
    for (const { goodness, softmax } of read) {
      expect(goodness).toHaveLength(classes);
      expect(softmax).toHaveLength(classes);
    }
  });

  test('is answered by name to a person', async () => {
    const [first, second] = testImages(data);
    const one = await ff(['predict', model, first!.path]);
    expect(one.stdout).toMatch(new RegExp(`^${first!.path}: .*kind \\d+.*\n`));
    const two = await ff(['predict', model, first!.path, second!.path]);
    expect(two.stdout.split('\n').filter((line) => line.includes('kind'))).not.toHaveLength(0);
  });

  test('is told apart from a folder of others', async () => {
    const { status, stderr } = await ff(['eval', model, '--data', makeFolder(classes + 1)]);
    expect(stderr).toBe(
      `ff: ${files.path(`of-${classes + 1}`)}: the test images are of a class that the net does ` +
        `not know, kind ${classes}.\n`,
    );
    expect(status).toBe(1);
  });
});

test.each(['first_pixels', 'one_hot', 'channel', 'wave'])(
  'labels as %s: trains, resumes and is read',
  async (code) => {
    const data = makeFolder(3);
    const [model, checkpoint] = [files.path(`${code}.safetensors`), files.path(`${code}.checkpoint`)];
    const run = ['--dataset', 'folder', '--data', data, '--layers', '30', '--batch', '10'];
    const args = ['train', ...run, '--epochs', '20', '--label-code', code];
    await json([...args, '--out', model, '--checkpoint', checkpoint]);
    const events = await json(['train', '--resume', checkpoint, '--data', data]);
    expect(events.at(-1)!.test_error).toBeLessThan(0.34);
    const [read] = await json(['predict', model, testImages(data)[0]!.path]);
    expect(read!.goodness).toHaveLength(3);
  },
);
