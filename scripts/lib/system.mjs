// The machine's own distribution, as /etc/os-release names it.
import { existsSync, readFileSync } from 'node:fs';
import { which } from './run.mjs';

const path = '/etc/os-release';
const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
const fields = Object.fromEntries(
  [...text.matchAll(/^(\w+)="?(.*?)"?$/gm)].map(([, name, value]) => [name, value]),
);

/** 'debian', 'ubuntu', or undefined where this project cannot fetch packages by itself. */
export const distribution = which('apt-get')
  ? [fields.ID, ...(fields.ID_LIKE ?? '').split(' ')].find((id) => ['debian', 'ubuntu'].includes(id))
  : undefined;

/** The release's code name, such as 'bookworm'. */
export const release = fields.UBUNTU_CODENAME ?? fields.VERSION_CODENAME;
