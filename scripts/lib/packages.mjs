// Debian packages without installing them: downloaded by an apt of our own, unpacked into a folder.
// Needs no root and touches nothing of the system: lists, cache and sources are folders of ours.
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withTemporaryFolder } from './cache.mjs';
import { Failure } from './failure.mjs';
import { output } from './run.mjs';
import { distribution, release } from './system.mjs';

const components = distribution === 'ubuntu' ? 'main universe' : 'main';

// Of the distribution, so it signs its newer releases too.
const keyring = `/usr/share/keyrings/${distribution}-archive-keyring.gpg`;

/** The address that this machine is configured to fetch its own release from. */
async function mirror() {
  const addresses = await output('apt-get', ['update', '--print-uris']);
  const own = addresses.match(new RegExp(`^'(.+)/dists/${release}/InRelease'`, 'm'));
  if (!own) throw new Failure(`apt has no source for ${release}: add one, then try again.`);
  return own[1];
}

/** Calls `use(apt)` with an apt that knows the given suites of the machine's own mirror. */
export async function withApt(suites, use) {
  const address = await mirror();
  await withTemporaryFolder(async (folder) => {
    const signed = existsSync(keyring) ? `[signed-by=${keyring}] ` : '';
    const sources = suites.flatMap((suite) =>
      ['deb', 'deb-src'].map((type) => `${type} ${signed}${address} ${suite} ${components}\n`),
    );
    await writeFile(join(folder, 'sources.list'), sources.join(''));
    await mkdir(join(folder, 'lists', 'partial'), { recursive: true });
    await mkdir(join(folder, 'archives', 'partial'), { recursive: true });
    const apt = new Apt(folder);
    await apt.get(folder, 'update');
    await use(apt);
  });
}

class Apt {
  #folder;
  #settings;

  constructor(folder) {
    this.#folder = folder;
    this.#settings = [
      `Dir::Etc::sourcelist=${join(folder, 'sources.list')}`,
      'Dir::Etc::sourceparts=-',
      `Dir::State::Lists=${join(folder, 'lists')}`,
      `Dir::Cache=${folder}`,
      'APT::Sandbox::User=root',
      'Acquire::Retries=3',
    ].flatMap((setting) => ['-o', setting]);
  }

  get(cwd, ...args) {
    return output('apt-get', [...this.#settings, '-qq', ...args], { cwd });
  }

  /** Unpacks packages, named as `package/suite`, into the folder. */
  async unpack(folder, packages) {
    const downloads = await this.#download('download', packages);
    for (const file of downloads.filter((name) => name.endsWith('.deb'))) {
      await output('dpkg-deb', ['--extract', file, folder]);
    }
  }

  /** Unpacks the original sources of a package, named as `package/suite`, into the folder. */
  async unpackSource(folder, name) {
    const downloads = await this.#download('source', ['--download-only', name]);
    const archive = downloads.find((file) => /\.orig\.tar\.\w+$/.test(file));
    await output('tar', ['-xf', archive, '--strip-components=1', '-C', folder]);
  }

  async #download(verb, names) {
    const folder = join(this.#folder, 'downloads', names.join('_').replaceAll('/', '-'));
    await mkdir(folder, { recursive: true });
    await this.get(folder, verb, ...names);
    return (await readdir(folder)).map((file) => join(folder, file));
  }
}
