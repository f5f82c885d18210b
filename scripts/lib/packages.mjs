// Debian packages without installing them: downloaded by an apt of our own, unpacked into a folder.
// Needs no root and touches nothing of the system: lists, cache and sources are folders of ours.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
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

/** Unpacks packages of that release into the folder, `without` what matches one of tar's patterns. */
export function unpackPackages(release, names, folder, { without = [] } = {}) {
  const exclude = without.map((pattern) => `--exclude=${pattern}`);
  return withApt('deb', release, (apt) =>
    // Each as soon as it is here: the largest are waited for, and unpacking takes longer than fetching.
    Promise.all(
      names.map(async (name) => {
        const [file] = await apt.download('download', [`${name}/${release}`]);
        const script = 'dpkg-deb --fsys-tarfile "$0" | tar -x "$@"';
        await output('sh', ['-c', script, file, '-C', folder, ...exclude]);
      }),
    ),
  );
}

/** Unpacks the original sources of a package of that release into the folder. */
export function unpackSource(release, name, folder) {
  return withApt('deb-src', release, async (apt) => {
    const downloads = await apt.download('source', ['--download-only', `${name}/${release}`]);
    const archive = downloads.find((file) => /\.orig\.tar\.\w+$/.test(file));
    await output('tar', ['-xf', archive, '--strip-components=1', '-C', folder]);
  });
}

/** Calls `use(apt)` with an apt of the machine's own mirror that knows one release's packages, or sources. */
async function withApt(type, release, use) {
  const address = await mirror();
  await withTemporaryFolder(async (folder) => {
    const signed = existsSync(keyring) ? `[signed-by=${keyring}] ` : '';
    const source = `${type} ${signed}${address} ${release} ${components}\n`;
    await writeFile(join(folder, 'sources.list'), source);
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
      // Where a container's image forbids apt these, it reads all lists anew for each package.
      'Dir::Cache::pkgcache=pkgcache.bin',
      'Dir::Cache::srcpkgcache=srcpkgcache.bin',
      'APT::Sandbox::User=root',
      'Acquire::Languages=none',
      'Acquire::Retries=3',
    ].flatMap((setting) => ['-o', setting]);
  }

  get(cwd, ...args) {
    return output('apt-get', [...this.#settings, '-qq', ...args], { cwd });
  }

  /** The files that were fetched. */
  async download(verb, args) {
    const folder = await mkdtemp(join(this.#folder, 'downloads-'));
    await this.get(folder, verb, ...args);
    return (await readdir(folder)).map((file) => join(folder, file));
  }
}
