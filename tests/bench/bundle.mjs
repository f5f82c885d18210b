// A Worker whose imports are npm packages, as one file that a browser can load.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** `name`: a file of browser/; it ends up in `folder` under the same name. */
export function bundle(name, folder) {
  return build({
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: folder,
      target: 'esnext',
      minify: false,
      rollupOptions: {
        input: fileURLToPath(new URL(`browser/${name}`, import.meta.url)),
        output: { entryFileNames: name },
      },
    },
  });
}
