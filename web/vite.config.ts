import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { firstScreen } from './first-screen.ts';
import { packed } from './packed.ts';
import { dataSets } from './src/engine/data-sets.ts';
import type { FileSizes } from './src/offline/kept-data.ts';
import { version } from './version.ts';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What makes a page cross-origin isolated, so that it may have threads. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Files beside the page: where each is to be found there, and where it comes from. */
type Files = Map<string, string>;

/** The folder of data sets; those that the page has are folders of gzipped IDX files. */
const data = process.env.FF_DATA ?? '';

function dataFiles(): Files {
  const files: Files = new Map();
  for (const dataset of dataSets) {
    const source = join(data, dataset);
    const names = existsSync(source) ? readdirSync(source) : [];
    for (const name of names.filter((name) => name.endsWith('-ubyte.gz'))) {
      files.set(`data/${dataset}/${name}`, join(source, name));
    }
  }
  return files;
}

/** A gzip file ends with the size of what is in it. */
const sizesOf = (files: Files): FileSizes =>
  Object.fromEntries(
    [...files].map(([place, path]) => {
      const bytes = readFileSync(path);
      const size = { packed: bytes.length, unpacked: bytes.readUInt32LE(bytes.length - 4) };
      return [place.replace('data/', ''), size];
    }),
  );

const isEngineFile = /^ff-(simd|relaxed)(-threads)?\.(js|wasm)$/;

function hashOf(...paths: string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(readFileSync(path));
  return hash.digest('hex').slice(0, 8);
}

/** The address of a model's file, which tells what is in it, so that it can be kept for good. */
const modelFile = (name: string): string =>
  `models/${name}?${hashOf(folder(`public/models/${name}`))}`;

/** Of the convolutional net, with what is told of it before it is asked for. */
function convolutionFile(): { model: string; bytes: number; test_error: number } {
  const [model, record] = ['convolution.safetensors', 'convolution.json'];
  const { test_error } = JSON.parse(readFileSync(folder(`public/models/${record}`), 'utf8')) as {
    test_error: number;
  };
  return { model: modelFile(model), bytes: statSync(folder(`public/models/${model}`)).size, test_error };
}

/** Of the runs that Compare opens with, and of their nets by the runs' names. */
function beforehandFiles(): { runs: string; nets: Record<string, string> } {
  const runs = JSON.parse(readFileSync(folder('public/models/runs.json'), 'utf8')) as { id: string }[];
  const nets: Record<string, string> = {};
  for (const { id } of runs) nets[id] = modelFile(`${id}.safetensors`);
  return { runs: modelFile('runs.json'), nets };
}

/**
 * The engine's builds as they are, because its modules find their parts by their own names. The
 * folder is named for what is in it, so that nobody's cache mixes the files of two versions.
 */
function engineFiles(): { name: string; files: Files } {
  const source = folder('../build/wasm');
  const names = readdirSync(source).filter((name) => isEngineFile.test(name));
  const name = `engine-${hashOf(...names.map((name) => join(source, name)))}`;
  return { name, files: new Map(names.map((file) => [`${name}/${file}`, join(source, file)])) };
}

const types: Record<string, string> = { '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** Puts files beside the page; the development server reads them where they are. */
function beside(name: string, files: Files): Plugin {
  return {
    name,
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const path = files.get((request.url ?? '').slice(1));
        if (!path) {
          next();
          return;
        }
        const type = types[extname(path)] ?? 'application/octet-stream';
        response.writeHead(200, { ...headers, 'content-type': type }).end(readFileSync(path));
      });
    },
    writeBundle({ dir }) {
      for (const [place, path] of files) {
        const target = join(dir!, place);
        mkdirSync(dirname(target), { recursive: true });
        copyFileSync(path, target);
      }
    },
  };
}

const engine = engineFiles();
const dataSetFiles = dataFiles();
for (const dataset of dataSets) {
  if (![...dataSetFiles.keys()].some((place) => place.startsWith(`data/${dataset}/`))) {
    console.warn(`No ${dataset} in FF_DATA (“${data}”): this page cannot train on it.`);
  }
}

const define = {
  engineFolder: JSON.stringify(`${engine.name}/`),
  pretrainedFiles: JSON.stringify({
    model: modelFile('pretrained.safetensors'),
    record: modelFile('pretrained.json'),
  }),
  convolutionFile: JSON.stringify(convolutionFile()),
  beforehandFiles: JSON.stringify(beforehandFiles()),
  dataFiles: JSON.stringify(sizesOf(dataSetFiles)),
};

/** Others ask for the picture of a page by its whole address, which who publishes it may tell. */
const address = (): Plugin => ({
  name: 'address',
  transformIndexHtml: (html) => html.replace('%address%', process.env.FF_ADDRESS ?? './'),
});

export default defineConfig({
  root: folder('.'),
  base: './',
  define,
  plugins: [
    beside('engine', engine.files),
    beside('data-sets', dataSetFiles),
    firstScreen(define),
    version(),
    address(),
    packed(),
  ],
  build: { outDir: folder('../build/web'), emptyOutDir: true, target: 'es2022' },
  worker: { format: 'es' },
  server: { headers, fs: { allow: [folder('..')] } },
  preview: { headers },
});
