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

/** The addresses of a build's script and of its module. */
export const filesOf = (folder: string, { build }: Choice): [script: string, module: string] => [
  new URL(`ff-${build.name}.js`, folder).href,
  new URL(`ff-${build.name}.wasm`, folder).href,
];

async function start(folder: string, choice: Choice): Promise<Engine> {
  const files = filesOf(folder, choice);
  try {
    return await load(files[0], choice.threads);
  } catch (error) {
    throw await whyNot(files, error);
  }
}
