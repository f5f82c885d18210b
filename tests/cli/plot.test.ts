import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { ff, scratch } from './ff';

const files = scratch();
afterAll(() => files.remove());

const layer = (rise: number) => ({
  positive: 1 + rise,
  negative: 1 - rise / 9,
  loss: 1 / (1 + rise),
  entropy_positive: 2 + rise,
  entropy_negative: 2 - rise / 9,
});
const epoch = (number: number, seed: number) => ({
  epoch: number,
  test_error: 0.2 / number + seed / 1000,
  layer_errors: [0.3 / number, 0.4 / number],
  upto_errors: [0.3 / number, 0.25 / number],
  layers: [layer(number), layer(number / 2)],
});

/** A record of three seeds, two layers and five judged epochs. */
function record(name: string, changes: object = {}): string {
  const text = { experiment: name, title: `The "${name}" & <more>`, note: '', source: '' };
  const run = (seed: number) => ({
    seed,
    seconds: 1,
    test_error: 0.04,
    epochs: [1, 2, 3, 4, 5].map((number) => epoch(number, seed)),
  });
  const machine = { processor: 'any', cores: 2, threads: 2, kernels: 'plain' };
  const figures = { published: '1', goal: 1, command: '', config: {}, machine, finished: true };
  const file = files.path(`${name}.json`);
  writeFileSync(file, JSON.stringify({ ...text, ...figures, runs: [1, 2, 3].map(run), ...changes }));
  return file;
}

/** Checks that every tag ends, and gives the picture. */
function picture(file: string): string {
  const svg = readFileSync(file, 'utf8');
  const open: string[] = [];
  for (const [, end, name, , alone] of svg.matchAll(
    /<(\/?)([a-z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
  )) {
    if (end) expect(open.pop()).toBe(name);
    else if (!alone) open.push(name!);
  }
  expect(open).toEqual([]);
  expect(svg.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<]|&(?!amp;|lt;)/);
  expect(svg).not.toMatch(/nan|inf/);
  return svg;
}

const count = (svg: string, kind: string) => svg.split(`<path class="${kind} `).length - 1;

test.each([
  ['error', 1],
  ['layers', 2],
  ['contribution', 2],
  ['loss', 2],
  ['goodness', 4],
  ['entropy', 4],
])('%s: a line a seed and their mean for each of %i curves', async (what, curves) => {
  const out = files.path(`${what}.svg`);
  const { status, stderr } = await ff(['plot', record('one'), '--what', what, '--out', out]);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const svg = picture(out);
  expect(count(svg, 'run')).toBe(3 * curves);
  expect(count(svg, 'mean')).toBe(curves);
  expect(count(svg, 'sample')).toBe(curves);
  expect(svg).toContain('prefers-color-scheme: dark');
});

test('several records share a picture, each by its title', async () => {
  const out = files.path('several.svg');
  await ff(['plot', record('one'), record('two'), '--out', out]);
  const svg = picture(out);
  expect(count(svg, 'run')).toBe(6);
  for (const name of ['one', 'two'])
    expect(svg).toContain(`>The "${name}" &amp; &lt;more></text>`);
  expect(svg).toContain('>Test error</text>');
});

test('errors far apart get a logarithmic scale, near ones a linear one', async () => {
  const ticks = async (last: number) => {
    const epochs = [
      { epoch: 1, test_error: 0.1 },
      { epoch: 2, test_error: last },
    ];
    const file = record('scale', { runs: [{ seed: 1, seconds: 1, epochs }] });
    await ff(['plot', file, '--out', files.path('scale.svg')]);
    const svg = picture(files.path('scale.svg'));
    return [...svg.matchAll(/text-anchor="end">([\d.]+)</g)].map(([, tick]) => Number(tick));
  };
  expect(await ticks(0.01)).toEqual([1, 2, 5, 10]);
  expect(await ticks(0.08)).toEqual([8, 8.5, 9, 9.5, 10]);
});

test('without --out the picture is beside its record', async () => {
  const file = record('beside');
  await ff(['plot', file]);
  await ff(['plot', file, '--what', 'goodness']);
  picture(files.path('beside.svg'));
  picture(files.path('beside-goodness.svg'));
});

test('a record of one epoch is a dot', async () => {
  const runs = [{ seed: 1, seconds: 1, epochs: [{ epoch: 1, test_error: 0.1 }] }];
  await ff(['plot', record('dot', { runs })]);
  expect(picture(files.path('dot.svg'))).toMatch(/class="mean c0" d="M[\d. ]+h0"/);
});

test('what a record does not hold is told in one sentence', async () => {
  const file = record('bare', { runs: [] });
  const { status, stderr } = await ff(['plot', file, '--what', 'entropy']);
  expect(stderr).toMatch(/^ff: .*bare\.json: the record holds nothing of the functional entropy\.\n$/);
  expect(status).toBe(1);
});
