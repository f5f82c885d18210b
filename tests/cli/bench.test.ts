/** The benchmark's program: that it answers, not how quick anything is. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { anyNumber, lines } from './ff';

const program = fileURLToPath(
  new URL('../../build/release/tests/bench/program/ff_bench', import.meta.url),
);

type Answer = Record<string, unknown>;

async function answers(...requests: object[]): Promise<Answer[]> {
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(requests.map((request) => `${JSON.stringify(request)}\n`).join(''));
  return lines(await text(child.stdout));
}

let machine: { widths: number[] };
beforeAll(async () => {
  const [answer] = await answers({ measure: 'machine' });
  expect(answer).toMatchObject({ kernels: expect.any(String) as unknown, threads: anyNumber });
  machine = answer as typeof machine;
  expect(machine.widths[0]).toBe(128);
});

const quick = { seconds: 0 };

test('it measures the peak with vectors of every width there is', async () => {
  const requests = machine.widths.map((bits) => ({ measure: 'peak', bits, ...quick }));
  for (const answer of await answers(...requests)) expect(answer.gflops).toBeGreaterThan(0);
});

test.each(['forward', 'update'])('it measures the kernel %s', async (product) => {
  const shape = { rows: 7, inputs: 13, units: 9 };
  const kernel = { measure: 'kernel', product, ...shape, ...quick };
  const found = await answers({ ...kernel, optimiser: 'adam' }, { ...kernel, optimiser: 'sgd' });
  expect(found).toHaveLength(2);
  for (const answer of found) expect(answer.gflops).toBeGreaterThan(0);
});

test('it measures training on real images, the net kept from request to request', async () => {
  const train = { measure: 'train', layers: [20, 10], batch: 50, ...quick };
  const [one, two] = await answers({ ...train, threads: 1 }, { ...train, threads: 2 });
  expect(one).toMatchObject({ gflops: anyNumber, share: anyNumber, images_per_second: anyNumber });
  // Positives and negatives, in floats of four bytes.
  expect(one).toMatchObject({ activity_bytes: 2 * 50 * 30 * 4, backprop_bytes: 2 * 50 * 30 * 4 });
  expect(two).toMatchObject({ share: anyNumber, activity_bytes: 2 * 50 * 30 * 4 });
  const speed = one as { gflops: number; images_per_second: number };
  const flops = 4 * 784 * 20 + 8 * 20 * 10;
  expect((speed.gflops * 1e9) / speed.images_per_second).toBeCloseTo(flops, 3);
});

test('it counts what a convolution takes that is judged by classes', async () => {
  const layers = ['conv 3x3x4 padding 1 mean 2'];
  const net = { rule: 'class_goodness', layers, batch: 20 };
  const [found] = await answers({ measure: 'train', ...net, threads: 1, ...quick });
  const speed = found as { gflops: number; images_per_second: number };
  const flops = 4 * 28 * 28 * 9 * 4 + 6 * 14 * 14 * 4 * 10;
  expect((speed.gflops * 1e9) / speed.images_per_second).toBeCloseTo(flops, 3);
});

test('a race is a whole run, and judged by the test set', async () => {
  const config = { rule: 'class_goodness', normalisation: 'batch', sharpness: 1, layers: [50] };
  const learning = { train_images: 2000, batch: 50, learning_rate: 0.01 };
  const run = { measure: 'race', threads: 1, config: { ...config, ...learning, epochs: 4 } };
  const [race] = await answers(run);
  expect(race).toMatchObject({ seconds: anyNumber });
  expect(race?.test_error).toBeGreaterThan(0);
  expect(race?.test_error).toBeLessThan(0.2);
});

test.each([
  [{ measure: 'race', threads: 1 }, /^config: expected a run's settings, got nothing\.$/],
  [{ measure: 'race', threads: 1, config: { layers: [0] } }, /^layers/],
  [{ measure: 'train', rule: 'naive', threads: 1, ...quick }, /^rule: expected one of/],
  [{ measure: 'speed' }, /^measure: expected one of .*"peak".*, got "speed"\.$/],
  [{ measure: 'peak', bits: 100, ...quick }, /^bits: expected .*128.*, got 100\.$/],
  [{ measure: 'peak', bits: 128 }, /^seconds: expected a number .*, got nothing\.$/],
  [{ measure: 'kernel', product: 'both', ...quick }, /^product: expected one of .*"forward"/],
  [{ measure: 'train', layers: [], threads: 1, ...quick }, /^layers: expected/],
  [{ measure: 'train', threads: 0, ...quick }, /^threads: expected .*, got 0\.$/],
  [['peak'], /^request: expected a JSON object\.$/],
])('%j is refused in one sentence', async (request, sentence) => {
  const [answer] = await answers(request);
  expect(answer?.error).toMatch(sentence);
});
