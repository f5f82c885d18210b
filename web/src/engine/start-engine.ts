/** Loads a build of the engine, and starts the threads that help it. */
import { withoutThreads, type Choice, type Engine } from './builds';
import { whyNot } from './page-files';

/** Of a build with threads only. */
interface Threads {
  pthreadPoolReady: Promise<unknown>;
  PThread: { terminateAllThreads(): void };
}

type Create = (options: { helpers: number }) => Promise<Engine & Partial<Threads>>;

/** Helpers load what the browser has already. */
const patience = 5000; // milliseconds

/**
 * Starts the chosen build; where its threads do not start, its sibling without. Throws a sentence
 * that names the file at fault, if one is.
 */
export async function startEngine(
  folder: string,
  choice: Choice,
): Promise<{ engine: Engine; choice: Choice }> {
  try {
    return { engine: await start(folder, choice), choice };
  } catch (error) {
    if (!choice.build.threads) throw error;
    const alone = withoutThreads(choice, (error as Error).message);
    return { engine: await start(folder, alone), choice: alone };
  }
}

async function start(folder: string, choice: Choice): Promise<Engine> {
  const file = (kind: string): string => new URL(`ff-${choice.build.name}.${kind}`, folder).href;
  try {
    return await load(file('js'), choice.threads);
  } catch (error) {
    throw await whyNot([file('js'), file('wasm')], error);
  }
}

async function load(script: string, threads: number): Promise<Engine> {
  const { default: create } = (await import(/* @vite-ignore */ script)) as { default: Create };
  const engine = await create({ helpers: threads - 1 });
  if (engine.pthreadPoolReady && !(await inTime(engine.pthreadPoolReady))) {
    engine.PThread!.terminateAllThreads();
    throw new Error('they could not be loaded.');
  }
  engine.setThreads(threads);
  return engine;
}

/** A helper that fails does so as an uncaught error of this Worker, or not at all. */
async function inTime(helpers: Promise<unknown>): Promise<boolean> {
  const waiting = new AbortController();
  const failed = new Promise<false>((resolve) => {
    const fail = (event?: ErrorEvent): void => {
      event?.preventDefault();
      resolve(false);
    };
    setTimeout(fail, patience);
    self.addEventListener('error', fail, { signal: waiting.signal });
  });
  const ready = await Promise.race([helpers.then(() => true), failed]);
  waiting.abort();
  return ready;
}
