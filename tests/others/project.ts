/** Another project: an example in a folder of its own, away from the clone. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A path in the clone. */
export const ours = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export interface Project {
  folder: string;
  /** What the program prints, started there; throws with all that it said if it fails. */
  run(program: string, ...args: string[]): Promise<string>;
  remove(): void;
}

export function projectOf(example: string): Project {
  const folder = mkdtempSync(join(tmpdir(), 'ff-others-'));
  cpSync(ours(`examples/${example}`), folder, { recursive: true });
  return {
    folder,
    async run(program, ...args) {
      const { stdout } = await promisify(execFile)(program, args, { cwd: folder });
      return stdout;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
