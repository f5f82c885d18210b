/** The program files of this version of the page: its Worker and the engine's builds. */
import { explain } from '../explain';
import { RefusedError } from './refused';

/** Why what needed these files failed: what is wrong with the first that is, or `error` in words. */
export async function whyNot(urls: string[], error: unknown): Promise<RefusedError> {
  for (const url of urls) {
    const fault = await faultOf(url);
    if (fault) return fault;
  }
  return new RefusedError(explain(error));
}

const wasmStart = '\0asm';

async function faultOf(url: string): Promise<RefusedError | null> {
  const name = new URL(url).pathname.split('/').pop()!;
  try {
    const response = await fetch(url, { cache: 'no-cache' });
    const start = (await response.text()).slice(0, wasmStart.length);
    const type = response.headers.get('content-type') ?? 'nothing';
    // Some hosts answer with their front page where there is no such file.
    if (response.status === 404 || response.status === 410 || type.startsWith('text/html')) {
      return new RefusedError(
        `${name} is not on the server; if that has a newer version of this page, loading it again helps.`,
        'reload',
      );
    }
    if (!response.ok) {
      return new RefusedError(
        `${name} could not be fetched: the server answered ${response.status}.`,
      );
    }
    if (name.endsWith('.js') && !type.includes('javascript')) {
      return new RefusedError(
        `${name} is sent as ${type}, which no browser runs; its server should send text/javascript.`,
        'reload',
      );
    }
    if (name.endsWith('.wasm') && start !== wasmStart) {
      return new RefusedError(`${name} on the server is damaged: it is no WebAssembly.`, 'reload');
    }
    return null;
  } catch {
    return new RefusedError(`${name} could not be fetched: is this machine online?`);
  }
}
