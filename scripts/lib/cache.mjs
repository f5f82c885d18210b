// Folders of the cache appear whole or not at all: made under another name, then renamed.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { once } from './once.mjs';
import { cache } from './paths.mjs';
import { step } from './step.mjs';

const temporary = 'temporary-';
const abandonedAfter = 24 * 60 * 60 * 1000; // milliseconds

/**
 * The cache's folder of that name. If it is not there yet, `make(made, folder)` fills `made`, which
 * then becomes it. A change to what `make` puts in needs a new name.
 */
export const cached = once(async (name, title, make) => {
  const folder = join(cache, name);
  if (!existsSync(folder)) {
    await step(title, async () => {
      await mkdir(dirname(folder), { recursive: true });
      await withTemporaryFolder(async (around) => {
        const made = join(around, 'made');
        await mkdir(made);
        await make(made, folder);
        await rename(made, folder).catch((error) => {
          if (!existsSync(folder)) throw error; // else another run has made it meanwhile
        });
      });
    });
  }
  return folder;
});

/** Calls `use(folder)` with an empty folder on the cache's own disk, removed afterwards. */
export async function withTemporaryFolder(use) {
  await mkdir(cache, { recursive: true });
  await removeAbandoned();
  const folder = await mkdtemp(join(cache, temporary));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes the temporary folders of runs that were ended before they could. */
async function removeAbandoned() {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    if (name.startsWith(temporary) && Date.now() - (await stat(path)).mtimeMs > abandonedAfter) {
      await rm(path, { recursive: true, force: true });
    }
  }
}
