/** The built page, served from a sub-path by a plain static server, and a browser to open it in. */
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  chromium,
  type Browser,
  type BrowserContextOptions,
  type FrameLocator,
  type Locator,
  type Page,
} from 'playwright-core';
import { patience } from './patience';

export const built = fileURLToPath(new URL('../../build/web/', import.meta.url));
const subPath = '/some/where/';

export const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
};

export const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** With these the page needs no service worker, for which it would load twice. */
export const isolating = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

export interface Served {
  address: string;
  /** Whether the server sends no more than a little of a file every now and then. */
  slowDown(slow: boolean): void;
  close(): Promise<void>;
}

export interface Site extends Served {
  browser: Browser;
}

interface Serving {
  /** What is served in place of the built page. */
  folder?: string;
  /** Sent with everything. */
  headers?: Record<string, string>;
  /** A script that the page runs before its own. */
  script?: string;
  /** Whether the server has nothing for this request. */
  refuses?: (request: IncomingMessage) => boolean;
  /** What a file is sent as, by how its name ends, in place of what it should be. */
  sentAs?: Record<string, string>;
}

/** Chromium without its own windows opens pages in half the time. */
const shell = '/usr/bin/chromium-headless-shell';

/** Chromium, whose pages are waited for with patience. */
export async function launchChromium(executablePath = '/usr/bin/chromium'): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, args: flags });
  browser.on('context', (context) => context.setDefaultTimeout(patience));
  return browser;
}

export async function openSite(serving: Serving = {}): Promise<Site> {
  const served = await servePage(serving);
  const browser = await launchChromium(shell);
  return {
    ...served,
    browser,
    async close() {
      await browser.close();
      await served.close();
    },
  };
}

/** The page without a browser. */
export async function servePage(serving: Serving): Promise<Served> {
  const pace = { slow: false };
  const server = await serve(pace, serving);
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${subPath}`,
    slowDown(slow) {
      pace.slow = slow;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const slowChunk = 40_000; // bytes
const slowPause = 100; // milliseconds

function serve(
  pace: { slow: boolean },
  { folder = built, headers, script, refuses, sentAs }: Serving,
): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    const inside = pathname.startsWith(subPath) ? pathname.slice(subPath.length) : null;
    const path = inside === null ? null : join(folder, normalize(`/${inside || 'index.html'}`));
    if (!path || !existsSync(path) || !statSync(path).isFile() || refuses?.(request)) {
      response.writeHead(404).end();
      return;
    }
    const type = { ...types, ...sentAs }[extname(path)] ?? 'application/octet-stream';
    if (script && type === types['.html']) {
      const html = readFileSync(path, 'utf8').replace('<head>', `<head><script>${script}</script>`);
      response.writeHead(200, { 'content-type': type, ...headers }).end(html);
      return;
    }
    const length = statSync(path).size;
    response.writeHead(200, { 'content-type': type, 'content-length': length, ...headers });
    if (pace.slow) void drip(path, response);
    else createReadStream(path).pipe(response);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function drip(path: string, response: ServerResponse): Promise<void> {
  for await (const chunk of createReadStream(path, { highWaterMark: slowChunk })) {
    if (response.closed) return;
    response.write(chunk);
    await new Promise((resolve) => setTimeout(resolve, slowPause));
  }
  response.end();
}

/** A page as most tests want it: where nothing moves by itself, or is kept, it is there in half the work. */
export const asTested: BrowserContextOptions = {
  viewport: { width: 1280, height: 900 },
  reducedMotion: 'reduce',
  serviceWorkers: 'block',
};

/** One that its service worker keeps, and isolates where the host does not. */
export const withServiceWorker = { ...asTested, serviceWorkers: 'allow' } as const;

/** A page whose engine is ready. */
export async function openPage(
  { address, browser }: Site,
  { query = '', ...options }: BrowserContextOptions & { query?: string } = {},
): Promise<Page> {
  const context = await browser.newContext({ ...asTested, ...options });
  const page = await context.newPage();
  // On a first visit the page loads itself once more.
  await page.goto(address + query, { waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Train', exact: true }).and(page.locator(':enabled')).waitFor();
  return page;
}

/** What is said of the net that the page comes with, once that is there and all is known of it. */
export const pretrainedReads = /Pre-trained net\s+[\d.]+\s% wrong/;

export const pretrainedThere = (page: Page | FrameLocator): Promise<void> =>
  page.locator('.judges label', { hasText: pretrainedReads }).waitFor();

/** The share misread as the page shows it, of the images to choose by or, in the end, to judge by. */
export const shownError = (page: Page | FrameLocator): Locator =>
  page.getByLabel(/^(Validation|Test) error$/);
