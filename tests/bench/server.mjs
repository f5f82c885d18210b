// What the pages of the benchmark load, with the headers without which a page has no threads.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, root } from '../../scripts/lib/paths.mjs';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** Where Workers are that had to be bundled. */
export const bundles = join(build, 'bench', 'bundles');

/** The server, once it listens. */
export function serve() {
  const folders = {
    '/page/': fileURLToPath(new URL('browser/', import.meta.url)),
    '/modules/': join(build, 'wasm'),
    '/data/': join(process.env.FF_DATA, 'mnist'),
    '/bundles/': bundles,
    '/tensorflow/': join(root, 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist'),
  };
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    const place = Object.keys(folders).find((prefix) => path.startsWith(prefix));
    const file = place && join(folders[place], path.slice(place.length));
    if (!file || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
