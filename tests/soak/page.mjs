// The page in Chromium, used over and over: does it go on holding as much, and saying the same?
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { preview } from 'vite';
import { build, root } from '../../scripts/lib/paths.mjs';
import { countHandles, keepMemories, measure } from './gauges.mjs';
import { randomFrom } from './random.mjs';
import { Table } from './record.mjs';
import { Visitor } from './visitor.mjs';

const folder = join(build, 'soak');
const model = join(build, 'web', 'models', 'pretrained.safetensors');
const noModel = join(folder, 'broken.safetensors');

const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-sync'];

const samples = 100;
const fewestRows = 8;
/** What may be more at the end than in the middle: a share of memory, a few of things. */
const growth = 0.03;
const few = 10;
const memories = {
  page: "the page's heap",
  worker: "the Worker's heap",
  wasm: 'WebAssembly memory',
  resident: 'resident memory',
};
const handles = ['workers', 'listeners', 'nodes', 'documents', 'timers', 'blobs'];

/**
 * Trains and resets so many times or for so long, with other acts in between. Gives whether nothing
 * grew or went wrong, and the sentences that say so. `stopped`: whether to end early; `say`: hears of
 * progress.
 */
export async function soak({ cycles, minutes, seed, stopped, say }) {
  const server = await preview({ root: join(root, 'web'), logLevel: 'warn' });
  const browser = await puppeteer.launch({
    executablePath: '/usr/bin/chromium',
    args: flags,
    defaultViewport: { width: 1280, height: 900 },
  });
  const table = new Table(join(folder, 'page.csv'));
  writeFileSync(noModel, 'no model');
  const tally = { cycles: 0, wrong: 0, lost: [] };
  try {
    const [page] = await browser.pages();
    const client = await instrument(page);
    const visitor = new Visitor(page);
    const address = server.resolvedUrls.local[0];
    await visitor.arrives(address);
    const expected = await visitor.reads();
    const random = randomFrom(seed);
    const started = performance.now();
    const elapsed = () => (performance.now() - started) / 1000;
    const done = () => Math.max(tally.cycles / cycles, elapsed() / 60 / minutes);
    while (done() < 1 && !stopped()) {
      try {
        await cycle(visitor, random);
        if ((await visitor.reads()) !== expected) tally.wrong += 1;
      } catch (error) {
        tally.lost.push(`cycle ${tally.cycles + 1}: ${error.message}`);
        say(tally.lost.at(-1));
        await visitor.arrives(address);
      }
      tally.cycles += 1;
      if (done() * samples < table.rows.length + 1) continue;
      await comesToRest(visitor);
      const measured = await measure(page, client);
      table.add({
        cycle: tally.cycles,
        seconds: Math.round(elapsed()),
        ...measured,
        wrong: tally.wrong,
        lost: tally.lost.length,
      });
      say(progressOf(tally, measured, elapsed() * (1 / done() - 1)));
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return verdict(tally, table);
}

async function instrument(page) {
  await page.evaluateOnNewDocument(countHandles);
  const client = await page.createCDPSession();
  keepMemories(client);
  await client.send('Performance.enable');
  await client.send('Browser.setDownloadBehavior', { behavior: 'deny' });
  return client;
}

/** One training and its end, with something else meanwhile; now and then the Worker dies. */
async function cycle(visitor, random) {
  await visitor.trains(random.between(20, 300));
  await random.pick(acts)(visitor, random);
  if (random.happens(0.5)) await visitor.pauses();
  await visitor.resets();
  if (random.happens(0.05)) await visitor.restartsWorker();
  const complaints = await visitor.complaints();
  if (complaints) throw new Error(complaints);
}

const acts = [
  (visitor, random) => visitor.draws(scribble(random)),
  (visitor) => visitor.loads(model, '.notices [role=status]', /now reads your drawing/),
  (visitor) => visitor.loads(noModel, '.notices [role=alert]', /^broken.safetensors: .*\.$/m),
  (visitor, random) => visitor.sets('Layers', random.pick(['500, 500', '100', '200, 200, 200'])),
  (visitor, random) => visitor.sets('Learning rate', random.pick(['0.001', '0.0015', '0.002'])),
  (visitor) => visitor.press('Save model'),
  (visitor) => visitor.press('Test digit'),
];

/** Whatever went before, the same is open and set whenever the page is measured. */
async function comesToRest(visitor) {
  await visitor.sets('Layers', '500, 500');
  await visitor.loads(model, '.notices [role=status]', /now reads your drawing/);
  await visitor.reads();
}

/** A stroke through places anywhere on the pad. */
function scribble(random) {
  const place = () => [random.between(0.1, 0.9), random.between(0.1, 0.9)];
  return [Array.from({ length: 6 }, place)];
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

function progressOf({ cycles, wrong, lost }, measured, secondsLeft) {
  const memory = Object.keys(memories).map((name) => `${name} ${megabytes(measured[name])}`);
  const left = secondsLeft < 60 ? `${Math.round(secondsLeft)} s` : `${Math.round(secondsLeft / 60)} min`;
  return `${cycles} cycles; ${memory.join(', ')}; ${wrong} wrong, ${lost.length} lost; ${left} left`;
}

function verdict({ cycles, wrong, lost }, table) {
  const tally = `${cycles} trainings in Chromium: ${wrong} answers wrong, ${lost.length} runs lost.`;
  if (table.rows.length < fewestRows) {
    return { well: false, sentences: [tally, 'Too few to tell whether anything grows.', ...lost] };
  }
  const parts = (names) => names.map((name) => ({ name, ...table.quarters(name) }));
  const memory = parts(Object.keys(memories));
  const things = parts(handles);
  const grown = [
    ...memory.filter(({ second, last }) => last > second * (1 + growth)),
    ...things.filter(({ second, last }) => last > second + few),
  ].map(({ name }) => memories[name] ?? name);
  const changes = [
    ...memory.map(({ name, second, last }) => {
      const change = (100 * (last / second - 1)).toFixed(1);
      return `${memories[name]} ${change} % to ${megabytes(last)}`;
    }),
    ...things.map(({ name, second, last }) => `${name} ${second} to ${last}`),
  ];
  return {
    well: grown.length === 0 && wrong === 0 && lost.length === 0,
    sentences: [
      tally,
      `From the second quarter to the last: ${changes.join(', ')}.`,
      grown.length === 0 ? 'Nothing grew.' : `What grew: ${grown.join(', ')}.`,
      ...lost,
    ],
  };
}
