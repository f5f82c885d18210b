// What the page holds, measured from outside after everything that is garbage has gone.
import { readFileSync } from 'node:fs';

/** Counts, from before the page's own scripts on, what no protocol tells. */
export function countHandles() {
  const timers = new Set();
  const blobs = new Set();
  const { setTimeout, clearTimeout, setInterval, clearInterval } = window;
  window.setTimeout = (work, ...rest) => {
    const timer = setTimeout((...given) => {
      timers.delete(timer);
      work(...given);
    }, ...rest);
    timers.add(timer);
    return timer;
  };
  window.setInterval = (...given) => {
    const timer = setInterval(...given);
    timers.add(timer);
    return timer;
  };
  window.clearTimeout = window.clearInterval = (timer) => {
    timers.delete(timer);
    clearTimeout(timer);
    clearInterval(timer);
  };
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (source) => {
    const url = createObjectURL.call(URL, source);
    blobs.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    blobs.delete(url);
    revokeObjectURL.call(URL, url);
  };
  window.handles = () => ({ timers: timers.size, blobs: blobs.size });
}

/** Keeps the memories that a Worker's WebAssembly is given, as soon as there is the Worker. */
export function keepMemories(client) {
  client.connection().on('sessionattached', (session) => {
    const expression = `{
      const memories = (self.memories = []);
      WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
        construct(...given) {
          const memory = Reflect.construct(...given);
          memories.push(memory);
          return memory;
        },
      });
    }`;
    session.send('Runtime.evaluate', { expression }).catch(() => undefined); // it is gone already
  });
}

/** The page's own Worker, the newest if one has just died; not those in which its engine runs threads. */
export const engineWorker = (page) =>
  page.workers().findLast((worker) => worker.url().includes('/worker-'));

/** Memory in bytes, handles in numbers. */
export async function measure(page, client) {
  const worker = engineWorker(page);
  const { metrics } = await client.send('Performance.getMetrics');
  const metric = (name) => metrics.find((one) => one.name === name).value;
  const wasm = await worker.evaluate(() =>
    self.memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
  );
  return {
    page: await heap(client),
    worker: (await heap(worker.client)) - wasm,
    wasm,
    resident: await resident(page.browser()),
    workers: page.workers().length,
    listeners: metric('JSEventListeners'),
    nodes: metric('Nodes'),
    documents: metric('Documents'),
    ...(await page.evaluate(() => window.handles())),
  };
}

/** All but the code that V8 goes on compiling for hours, better and better. */
export async function heap(client) {
  const chunks = [];
  const hear = ({ chunk }) => chunks.push(chunk);
  client.on('HeapProfiler.addHeapSnapshotChunk', hear);
  await client.send('HeapProfiler.collectGarbage');
  await client.send('HeapProfiler.takeHeapSnapshot');
  client.off('HeapProfiler.addHeapSnapshotChunk', hear);
  const { snapshot, nodes } = JSON.parse(chunks.join(''));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, size] = ['type', 'self_size'].map((name) => fields.indexOf(name));
  const code = types[type].indexOf('code');
  let sum = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    if (nodes[at + type] !== code) sum += nodes[at + size];
  }
  return sum;
}

/** Of the processes that run pages and their Workers. */
async function resident(browser) {
  const client = await browser.target().createCDPSession();
  const { processInfo } = await client.send('SystemInfo.getProcessInfo');
  await client.detach();
  return processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => readFileSync(`/proc/${id}/status`, 'utf8'))
    .reduce((sum, status) => sum + 1024 * Number(/VmRSS:\s+(\d+)/.exec(status)[1]), 0);
}
