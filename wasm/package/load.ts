/** Loads a build of the engine, and starts the threads that help it. */
import type { MainModule as Engine } from './ff-simd.js';

export type { Engine };
export type { Session } from './ff-simd.js';

/** Of a build with threads only. */
interface Threads {
  pthreadPoolReady: Promise<unknown>;
  PThread: { terminateAllThreads(): void };
}

type Create = (options: { helpers: number }) => Promise<Engine & Partial<Threads>>;

/** Helpers load what is here already. */
const patience = 5000; // milliseconds

/** The build whose script is at that URL, on so many threads. Throws where they do not start. */
export async function load(script: string, threads: number): Promise<Engine> {
  const { default: create } = (await import(/* @vite-ignore */ script)) as { default: Create };
  const engine = await create({ helpers: threads - 1 });
  if (engine.pthreadPoolReady && !(await inTime(engine.pthreadPoolReady))) {
    engine.PThread!.terminateAllThreads();
    throw new Error('they could not be loaded.');
  }
  engine.setThreads(threads);
  return engine;
}

/** A helper that fails does so as an uncaught error of a page or its Worker, or not at all. */
async function inTime(helpers: Promise<unknown>): Promise<boolean> {
  const waiting = new AbortController();
  const here: Partial<EventTarget> = globalThis; // Node has no such events
  let timer: ReturnType<typeof setTimeout> | undefined;
  const failed = new Promise<false>((resolve) => {
    const fail = (event?: Event): void => {
      event?.preventDefault();
      resolve(false);
    };
    timer = setTimeout(fail, patience);
    here.addEventListener?.('error', fail, { signal: waiting.signal });
  });
  const ready = await Promise.race([helpers.then(() => true), failed]);
  clearTimeout(timer);
  waiting.abort();
  return ready;
}
