import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The folder of data sets; the page can train on these, each a folder of gzipped IDX files. */
const data = process.env.FF_DATA ?? '';
const datasets = ['mnist', 'fashion-mnist'];
const isDataFile = /^\/data\/([\w-]+)\/([\w-]+-ubyte\.gz)$/;

/** Puts the data sets beside the page; the development server reads them where they are. */
function dataSets(): Plugin {
  return {
    name: 'data-sets',
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const [, dataset, file] = isDataFile.exec(request.url ?? '') ?? [];
        const path = dataset && file && join(data, dataset, file);
        if (path && existsSync(path)) response.end(readFileSync(path));
        else next();
      });
    },
    writeBundle({ dir }) {
      for (const dataset of datasets) {
        const source = join(data, dataset);
        if (existsSync(source)) copyDataFiles(source, join(dir!, 'data', dataset));
        else this.warn(`no ${dataset} in FF_DATA (“${data}”): this page cannot train on it`);
      }
    },
  };
}

function copyDataFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((name) => name.endsWith('-ubyte.gz'))) {
    copyFileSync(join(from, name), join(to, name));
  }
}

export default defineConfig({
  root: folder('.'),
  base: './',
  resolve: { alias: { '@engine': folder('../build/wasm') } },
  plugins: [dataSets()],
  build: { outDir: folder('../build/web'), emptyOutDir: true, target: 'es2022' },
  worker: { format: 'es' },
  server: { fs: { allow: [folder('..')] } },
});
