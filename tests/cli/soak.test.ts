import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const minutes = 60_000;

test('a run that is killed again and again ends at the weights of one that is not', async () => {
  const soak = fileURLToPath(new URL('../soak/kills.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)('node', [soak, '--kills', '3', '--seed', '7']);
  expect(stdout).toMatch(/^\d+ kills .*, [1-9]\d* whole runs, each with the weights of an undisturbed one/);
}, 5 * minutes);
