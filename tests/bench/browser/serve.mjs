// What the Workers have in common: requests in, answers out, and the images.

/** Answers requests, which are JSON texts, one after another. */
export function serve(answer) {
  self.onmessage = async ({ data }) => self.postMessage(await answer(data));
  self.postMessage('ready');
}

/** The bytes of one of MNIST's files, as it is kept: packed by gzip. */
export async function dataFile(name) {
  const response = await fetch(`/data/${name}-ubyte.gz`);
  if (!response.ok) throw new Error(`${name}: the server answered ${response.status}.`);
  return response;
}
