// node scripts/pictures.mjs: makes the pictures that say what the page is where it is not open, for
// which it needs to be built: icons from its favicon, and what is shown with a link to it.
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { root } from './lib/paths.mjs';

const folder = join(root, 'web', 'public');
const ground = '#14161b';

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });

/** The favicon on a square; `share` of it, the rest is ground, of which others may cut corners. */
async function icon(name, side, share = 1) {
  const page = await browser.newPage({ viewport: { width: side, height: side } });
  const svg = readFileSync(join(folder, 'favicon.svg'), 'utf8');
  const background = share < 1 ? ground : 'transparent';
  await page.setContent(
    `<style>html{background:${background}}body{margin:0;display:grid;place-items:center;height:100vh}
     svg{width:${100 * share}vw;height:${100 * share}vh}</style>${svg}`,
  );
  await page.screenshot({ path: join(folder, 'icons', `${name}.png`), omitBackground: true });
  await page.close();
}

async function social() {
  const server = await preview({ root: join(root, 'web'), logLevel: 'warn', preview: { port: 0 } });
  const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  await page.goto(server.resolvedUrls.local[0]);
  await page.getByText(/% wrong/).waitFor();
  const pad = await page.getByLabel('Draw a digit').boundingBox();
  // A three.
  const places = [
    [0.31, 0.28], [0.38, 0.2], [0.5, 0.16], [0.62, 0.19], [0.68, 0.28], [0.65, 0.38], [0.56, 0.45],
    [0.46, 0.48], [0.58, 0.5], [0.68, 0.57], [0.71, 0.67], [0.66, 0.77], [0.55, 0.84], [0.42, 0.84],
    [0.31, 0.76],
  ].map(([x, y]) => [pad.x + x * pad.width, pad.y + y * pad.height]);
  await page.mouse.move(...places[0]);
  await page.mouse.down();
  for (const place of places) await page.mouse.move(...place);
  await page.mouse.up();
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(folder, 'social.png') });
  await server.close();
}

await mkdir(join(folder, 'icons'), { recursive: true });
await icon('192', 192);
await icon('512', 512);
await icon('maskable-512', 512, 0.7);
await icon('apple-touch', 180, 0.8);
await social();
await browser.close();
