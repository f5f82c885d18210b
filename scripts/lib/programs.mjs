// Programs that must be installed in the system: only those that are missing, from its own release.
import { Failure } from './failure.mjs';
import { output, run, which } from './run.mjs';
import { distribution } from './system.mjs';

/** Sees to it that every program, given as { program: package }, is on the PATH. */
export async function ensurePrograms(programs) {
  const missing = Object.entries(programs).filter(([program]) => !which(program));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map(([, name]) => name))];
  if (!distribution) {
    throw new Failure(`Please install: ${missing.map(([program]) => program).join(', ')}.`);
  }
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  const command = await aptAsRoot();
  if (!command) {
    throw new Failure(`Installing needs root; please run: apt-get ${install.join(' ')}`);
  }
  const title = `Install ${packages.join(', ')}`;
  await run(title, 'install', [...command, ...install]).catch(async () => {
    // The lists of packages were missing, or older than the mirror.
    await run('Update the lists of packages', 'update', [...command, 'update']);
    await run(title, 'install', [...command, ...install]);
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
