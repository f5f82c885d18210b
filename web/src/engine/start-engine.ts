/** Loads the chosen build of the engine. */
import { load, type Engine } from '../../../wasm/package/load';
import { withoutThreads, type Choice } from './builds';
import { whyNot } from './page-files';

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
