// npm run --silent ff -- ARGUMENTS: the native command line, built first if it is not up to date.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { cmakeBuild } from './lib/cmake.mjs';
import { command } from './lib/failure.mjs';
import { build } from './lib/paths.mjs';
import { setupData } from './setup.mjs';

await command(async () => {
  await setupData();
  await cmakeBuild('release', ['ff']);
  const program = join(build, 'release', 'core', 'ff');
  // npm itself moves to the clone; paths are meant from where the person stands.
  const where = { stdio: 'inherit', cwd: process.env.INIT_CWD };
  const child = spawn(program, process.argv.slice(2), where);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  process.exitCode = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve(status ?? 128 + constants.signals[signal]));
  });
});
