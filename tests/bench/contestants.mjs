// Who takes part. Each speaks the same requests and answers: JSON, as program/bench.hpp says.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../scripts/lib/failure.mjs';
import { build } from '../../scripts/lib/paths.mjs';
import { step } from '../../scripts/lib/step.mjs';
import { startProgram } from './program.mjs';

/** As many as the machine has that the goals are set for. */
export const manyThreads = 2;

const helpers = manyThreads - 1;
const ours = join(build, 'release', 'tests', 'bench', 'program', 'ff_bench');
const torch = fileURLToPath(new URL('peers/torch_peer.py', import.meta.url));
const python = '/usr/bin/python3'; // whose packages are the distribution's

/** `threads`: the numbers of threads that a contestant trains on. */
export const contestants = [
  { id: 'native', title: 'native', threads: [1, manyThreads], program: [ours] },
  ...['simd', 'relaxed', 'simd-threads', 'relaxed-threads'].map((name) => ({
    id: name,
    title: `Chromium ${name}`,
    threads: [name.endsWith('threads') ? manyThreads : 1],
    wasm: true,
    worker: `/page/core.worker.mjs?build=${name}&helpers=${helpers}`,
  })),
  { id: 'pytorch', title: 'PyTorch', threads: [manyThreads], peer: true, program: [python, torch] },
  {
    id: 'tensorflow',
    title: 'TensorFlow.js',
    threads: [manyThreads],
    peer: true,
    bundle: 'tensorflow.worker.mjs',
    worker: `/bundles/tensorflow.worker.mjs?threads=${manyThreads}`,
  },
];

async function openBrowser() {
  const { openChromium } = await import('./chromium.mjs'); // needs an npm package
  return openChromium();
}

/**
 * Starts the chosen ones. `ask(id, request)` gives the answer; `about` what each says of itself;
 * `close` ends them all.
 */
export async function start(chosen) {
  const browser = chosen.some(({ worker }) => worker) ? await openBrowser() : undefined;
  const running = new Map();
  const close = async () => {
    for (const contestant of running.values()) await contestant.close();
    await browser?.close();
  };
  const ask = async (id, request) => {
    const answer = JSON.parse(await running.get(id).ask(JSON.stringify(request)));
    if (answer.error) throw new Failure(`${id}: ${answer.error}`);
    return answer;
  };
  try {
    const about = {};
    for (const { id, title, program, worker, bundle } of chosen) {
      await step(`Start ${title}`, async () => {
        if (bundle) await browser.bundle(bundle);
        running.set(id, program ? startProgram(...program) : await browser.contestant(worker));
        about[id] = await ask(id, { measure: 'machine' });
      });
    }
    return { ask, about, chromium: browser?.version, close };
  } catch (error) {
    await close();
    throw error;
  }
}
