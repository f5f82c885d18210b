import { readFileSync } from 'node:fs';
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

test.each(['SIGINT', 'SIGTERM'] as const)(
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
