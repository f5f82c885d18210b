import { joined } from './joined';

/**
 * Fetches a file. `onBytes` is told how many bytes came so far, and the first of them. Throws a
 * sentence that names the file, or an AbortError.
 */
export async function fetchBytes(
  url: URL,
  signal?: AbortSignal,
  onBytes?: (received: number, first: Uint8Array) => void,
): Promise<Uint8Array> {
  const name = url.pathname.split('/').pop()!;
  const explain = (sentence: string) => (error: unknown) => {
    throw signal?.aborted ? error : new Error(sentence);
  };
  const response = await fetch(url, { signal: signal ?? null }).catch(
    explain(`${name} could not be fetched: is this machine online?`),
  );
  if (!response.ok || !response.body) {
    throw new Error(`${name} could not be fetched: the server answered ${response.status}.`);
  }
  const chunks: Uint8Array[] = [];
  let received = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader
      .read()
      .catch(explain(`${name} broke off on its way here; please try again.`));
    if (done) break;
    chunks.push(value);
    received += value.byteLength;
    onBytes?.(received, chunks[0]!);
  }
  return joined(chunks);
}
