// What the Workers have in common: requests in, answers out, and the images.

/** Answers requests, which are JSON texts, one after another. */
export function serve(answer) {
  self.onmessage = async ({ data }) => self.postMessage(await answer(data));
  self.postMessage('ready');
}

/** One of MNIST's files, unpacked. */
export async function dataFile(name) {
  const response = await fetch(`/data/${name}-ubyte.gz`);
  if (!response.ok) throw new Error(`${name}: the server answered ${response.status}.`);
  return new Response(response.body.pipeThrough(new DecompressionStream('gzip')));
}
