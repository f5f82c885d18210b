/** The native command line, run as a user runs it. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

export const program = fileURLToPath(new URL('../../build/release/core/ff', import.meta.url));

/** A JSON line as `ff train --json` prints it. */
export type Event = Record<string, unknown> & { event: string };

/** Stand for any number, text or object in what is expected. */
export const anyNumber: unknown = expect.any(Number);
export const anyText: unknown = expect.any(String);
export const anyObject: unknown = expect.any(Object);

export interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** A folder of its own for each test that writes files; `remove` when done. */
export function scratch(): { folder: string; path(name: string): string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'ff-cli-'));
  return {
    folder,
    path: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

export async function ff(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return ended(spawn(program, args, { env: { ...process.env, ...env } }));
}

/** A line typed into a shell. */
export async function shell(line: string): Promise<Ended> {
  return ended(spawn('sh', ['-c', line]));
}

/** Runs it to the end, which must be a good one, and gives the JSON lines of stdout. */
export async function json(args: string[]): Promise<Event[]> {
  const { status, stdout, stderr } = await ff([...args, '--json']);
  if (status !== 0) throw new Error(`ff ${args.join(' ')}: ${stderr}`);
  return lines(stdout);
}

export function lines(stdout: string): Event[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
}

/** Sends the signal once so many JSON lines of that event were printed. */
export async function signalled(
  args: string[],
  event: string,
  count: number,
  signal: NodeJS.Signals,
): Promise<Ended> {
  let left = count;
  const isLast = (line: string) => (JSON.parse(line) as Event).event === event && --left === 0;
  return signalledAt([...args, '--json'], isLast, signal);
}

/** Sends the signal at the first line of stdout that is the one. */
export async function signalledAt(
  args: string[],
  isTheOne: (line: string) => boolean,
  signal: NodeJS.Signals,
  cwd?: string,
): Promise<Ended> {
  const child = spawn(program, args, { cwd });
  const end = ended(child);
  let sent = false;
  for await (const line of createInterface({ input: child.stdout })) {
    if (!sent && isTheOne(line)) sent = child.kill(signal);
  }
  return end;
}

async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  child.stdin.end();
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stdout, stderr };
}
