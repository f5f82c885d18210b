/** Writes into the page the list of its files, which src/offline/page.ts keeps. */
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** Whole fonts are for texts of others: what is in their stead without a network is good enough. */
const leftOut = /-(latin|latin-ext|greek|greek-ext|cyrillic|cyrillic-ext|vietnamese)-.*\.woff2?$/;

export function version(): Plugin {
  return {
    name: 'version',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const files = Object.keys(bundle!).filter(
          (name) => name.startsWith('assets/') && !leftOut.test(name),
        );
        const name = createHash('sha256').update(files.join()).digest('hex').slice(0, 8);
        return [
          {
            tag: 'script',
            attrs: { type: 'application/json', id: 'version' },
            children: JSON.stringify({ name, files: files.sort() }),
            injectTo: 'body',
          },
        ];
      },
    },
  };
}
