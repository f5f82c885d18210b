// npm run beforehand: trains the runs that the page's Compare opens with, all of the same size, on
// the same minibatches, and writes their nets and curves where the page finds them.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildEngine } from './lib/engine.mjs';
import { command } from './lib/failure.mjs';
import { build, cache, root } from './lib/paths.mjs';
import { setupData } from './setup.mjs';

/** In the order of the page. Its first pair differs in one setting. */
const presets = ['alone', 'collaboration', 'supervised', 'hybrids', 'black-box', 'backprop'];
/** What all of them have in common. */
const common = { layers: [200, 200, 200], epochs: 20, validation_images: 10_000, shift: 0, seed: 1 };
/** In the first epoch, where most is learnt, it is tested so often. */
const testsInFirst = 5;

const folder = join(root, 'web', 'public', 'models');

await command(async () => {
  await setupData();
  await buildEngine();
  const { default: createEngine } = await import(join(build, 'wasm', 'ff-simd.js'));
  const engine = await createEngine();
  const data = { train: await split('train'), test: await split('t10k') };
  const runs = [];
  for (const preset of presets) runs.push(await train(engine, data, preset));
  await writeFile(join(folder, 'runs.json'), `${JSON.stringify(runs)}\n`);
});

async function split(prefix) {
  const file = async (kind) =>
    gunzipSync(await readFile(join(cache, 'data', 'mnist', `${prefix}-${kind}-ubyte.gz`)));
  return { images: await file('images-idx3'), labels: await file('labels-idx1') };
}

/** A run as the page keeps its own. */
async function train(engine, data, name) {
  const preset = JSON.parse(engine.presets()).find((one) => one.name === name);
  const session = new engine.Session();
  for (const [kind, { images, labels }] of Object.entries(data)) {
    session.loadData(kind, images, labels);
  }
  session.configure(JSON.stringify({ ...preset.config, ...common }));
  const began = performance.now();
  let testing = 0; // milliseconds
  const results = [];
  const test = (which) => {
    const start = performance.now();
    const { images, errors, tallies } = session.evaluate(which, 0, 10_000, 1);
    testing += performance.now() - start;
    const elapsed = (performance.now() - began - testing) / 1000;
    const seen = session.images();
    const kept = tallies.map(({ name, title, layer, errors }) => ({ name, title, layer, errors }));
    results.push({ split: which, images: seen, full: true, tested: images, errors, tallies: kept, elapsed });
    console.log(`${preset.title}: ${(errors / images * 100).toFixed(2)} % of ${which} images after ${seen}`);
  };
  const { steps, epochs } = session.report();
  const epoch = steps / epochs;
  for (let step = 1; step <= steps; ++step) {
    session.step();
    const early = step < epoch && step % Math.floor(epoch / testsInFirst) === 0;
    if (early || step % epoch === 0) test('validation');
  }
  test('test');
  await writeFile(join(folder, `${name}.safetensors`), session.save('half'));
  const config = JSON.parse(session.config());
  session.delete();
  return { id: name, name: preset.title, preset: name, config, results };
}
