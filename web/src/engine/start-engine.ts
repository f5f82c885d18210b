/** Loads a build of the engine, and starts the threads that help it. */
import { withoutThreads, type Choice, type Engine } from './builds';

/** Of a build with threads only. */
interface Threads {
  pthreadPoolReady: Promise<unknown>;
  PThread: { terminateAllThreads(): void };
}

type Create = (options: { helpers: number }) => Promise<Engine & Partial<Threads>>;

/** Helpers load what the browser has already. */
const patience = 5000; // milliseconds

/** Starts the chosen build; where its threads do not start, its sibling without. */
export async function startEngine(
  folder: string,
  choice: Choice,
): Promise<{ engine: Engine; choice: Choice }> {
  try {
    return { engine: await start(folder, choice), choice };
  } catch (error) {
    if (!choice.build.threads) throw error;
    const alone = withoutThreads(choice, error instanceof Error ? error.message : String(error));
    return { engine: await start(folder, alone), choice: alone };
  }
}

async function start(folder: string, { build, threads }: Choice): Promise<Engine> {
  const { href } = new URL(`ff-${build.name}.js`, folder);
  const { default: create } = (await import(/* @vite-ignore */ href)) as { default: Create };
  const engine = await create({ helpers: threads - 1 });
  if (engine.pthreadPoolReady && !(await inTime(engine.pthreadPoolReady))) {
    engine.PThread!.terminateAllThreads();
    throw new Error('they could not be loaded');
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
