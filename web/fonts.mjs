// The parts of the fonts that the page's own texts need. Whatever else is written, such as the names of
// somebody's classes, is in the whole fonts, which a browser then fetches.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const fonts = [
  { file: 'inter', family: 'Inter Variable', weights: { min: 400, max: 700 } },
  { file: 'source-serif-4', family: 'Source Serif 4 Variable', weights: { min: 600, max: 600 } },
];

const { resolve } = createRequire(import.meta.url);
const sources = fileURLToPath(new URL('src/', import.meta.url));
const texts = new Set(['.ts', '.tsx', '.json']);

/** Writes into the folder a file for each font, and fonts.css. */
export async function subsetFonts(folder) {
  const characters = await charactersUsed();
  const range = [...characters].map((one) => `U+${one.codePointAt(0).toString(16)}`).join(', ');
  const faces = await Promise.all(
    fonts.map(async ({ file, family, weights }) => {
      const whole = resolve(`@fontsource-variable/${file}/files/${file}-latin-wght-normal.woff2`);
      const part = await subsetFont(await readFile(whole), [...characters].join(''), {
        targetFormat: 'woff2',
        variationAxes: { wght: weights },
      });
      await writeFile(new URL(`${file}.woff2`, folder), part);
      return `@font-face {
  font-family: '${family}';
  font-display: swap;
  font-weight: ${weights.min} ${weights.max};
  src: url('./${file}.woff2') format('woff2');
  unicode-range: ${range};
}
`;
    }),
  );
  await writeFile(new URL('fonts.css', folder), faces.join(''));
}

/** ASCII, and what else is in the sources and is punctuation or a sign of the fonts' Latin parts. */
async function charactersUsed() {
  const characters = new Set(Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)));
  const files = await readdir(sources, { recursive: true });
  for (const file of files.filter((name) => texts.has(extname(name)))) {
    for (const one of await readFile(join(sources, file), 'utf8')) {
      if (isLatin(one.codePointAt(0))) characters.add(one);
    }
  }
  return characters;
}

/** Of the range that @fontsource gives these files, the parts that a page in English may use. */
const isLatin = (code) =>
  (code >= 0xa0 && code <= 0xff) || (code >= 0x2000 && code <= 0x206f) || code === 0x2212;
