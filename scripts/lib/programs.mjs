// What must be installed in the system: only what is missing, from its own release.
import { Failure } from './failure.mjs';
import { atMost } from './once.mjs';
import { output, run, which } from './run.mjs';
import { distribution } from './system.mjs';

/** apt allows one at a time. */
const alone = atMost(1);

/** Sees to it that every program, given as { program: package }, is on the PATH. */
export function ensurePrograms(programs) {
  return alone(async () => {
    const missing = Object.entries(programs).filter(([program]) => !which(program));
    const packages = [...new Set(missing.map(([, name]) => name))];
    await install(packages, missing.map(([program]) => program));
  });
}

/** The same for packages that are no programs. */
export function ensurePackages(packages) {
  return alone(async () => {
    const missing = [];
    for (const name of packages) if (!(await isInstalled(name))) missing.push(name);
    await install(missing, packages);
  });
}

const isInstalled = (name) => output('dpkg', ['--status', name]).then(() => true, () => false);

/** Installs the packages; `names` is what a person is asked for who has no apt. */
async function install(packages, names) {
  if (packages.length === 0) return;
  if (!distribution) throw new Failure(`Please install: ${names.join(', ')}.`);
  const args = ['install', '-y', '--no-install-recommends', ...packages];
  const command = await aptAsRoot();
  if (!command) {
    throw new Failure(`Installing needs root; please run: apt-get ${args.join(' ')}`);
  }
  const title = `Install ${packages.join(', ')}`;
  await run(title, 'install', [...command, ...args]).catch(async () => {
    // The lists of packages were missing, or older than the mirror.
    await run('Update the lists of packages', 'update', [...command, 'update']);
    await run(title, 'install', [...command, ...args]);
  });
}

/** The command that runs apt-get as root without asking anything; undefined if there is none. */
async function aptAsRoot() {
  const apt = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  if (process.getuid() === 0) return apt;
  const attempt = () => output('sudo', ['-n', 'true']);
  const allowed = which('sudo') && (await attempt().then(() => true, () => false));
  return allowed ? ['sudo', '-n', ...apt] : undefined;
}
