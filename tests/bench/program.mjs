// Contestants that are programs: a request a line on standard input, its answer on standard output.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Failure } from '../../scripts/lib/failure.mjs';

export function startProgram(program, ...args) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const failed = new Promise((_, reject) => child.on('error', reject));
  failed.catch(() => {}); // told to whoever asks next
  child.stdin.on('error', () => {}); // so is that it has ended
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(request) {
      child.stdin.write(`${request}\n`);
      const { done, value } = await Promise.race([lines.next(), failed]);
      if (done) throw new Failure(`${program} ended before it answered ${request}.`);
      return value;
    },
    close: () => child.stdin.end(),
  };
}
