/** Has the server of `npm start` send texts and programs packed, as hosts do. */
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

export const packed = (): Plugin => ({
  name: 'packed',
  configurePreviewServer({ config, middlewares }) {
    middlewares.use((request, response, next) => {
      const { pathname } = new URL(request.url!, 'http://localhost');
      const name = normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
      const path = join(config.build.outDir, name);
      const type = types[extname(path)];
      const takes = /\bgzip\b/.test(String(request.headers['accept-encoding']));
      if (!type || !takes || !existsSync(path)) {
        next();
        return;
      }
      response
        .writeHead(200, {
          ...config.preview.headers,
          'content-type': type,
          'content-encoding': 'gzip',
          vary: 'Accept-Encoding',
          'cache-control': 'no-cache',
        })
        .end(gzipSync(readFileSync(path)));
    });
  },
});
