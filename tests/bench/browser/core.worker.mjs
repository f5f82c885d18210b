// Our own core: the build that the address names, with so many threads to help it.
import { dataFile, serve } from './serve.mjs';

const parameters = new URL(self.location).searchParams;
const { default: create } = await import(`/modules/bench-${parameters.get('build')}.js`);
const module = await create({ helpers: Number(parameters.get('helpers')) });
await module.pthreadPoolReady; // with threads

const bytes = async (name) => new Uint8Array(await (await dataFile(name)).arrayBuffer());
for (const [test, set] of [[false, 'train'], [true, 't10k']])
  module.loadData(test, await bytes(`${set}-images-idx3`), await bytes(`${set}-labels-idx1`));
serve((request) => module.answer(request));
