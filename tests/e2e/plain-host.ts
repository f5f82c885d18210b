/** The built page on a plain static host that packs texts and programs, over a line that may be slow. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { built, types } from './site';

export interface Line {
  /** Of all connections together; bytes a second. */
  rate: number;
  /** From a request to the first of its answer; milliseconds. */
  latency: number;
}

export interface Asked {
  path: string;
  /** As Date.now(). */
  at: number;
  /** Every byte sent before. */
  sent: number;
}

export interface PlainHost {
  address: string;
  /** Every byte sent so far, headers too. */
  sent(): number;
  /** What was asked for, in that order. */
  asked: Asked[];
  close(): Promise<void>;
}

const packs = new Set(['.html', '.js', '.css', '.json', '.svg', '.wasm', '.webmanifest']);
const chunk = 2000; // bytes
/** What a busy machine was late with is made up for. */
const mostLate = 100; // milliseconds

/** The file as it is sent, and its headers: as nginx, which tells how old it is and nothing more. */
function fileAt(path: string): { body: Buffer; headers: Record<string, string> } {
  const whole = readFileSync(path);
  const packed = packs.has(extname(path));
  const body = packed ? gzipSync(whole) : whole;
  const headers = {
    'content-type': types[extname(path)] ?? 'application/octet-stream',
    'content-length': String(body.length),
    'last-modified': statSync(path).mtime.toUTCString(),
    etag: `"${createHash('sha256').update(whole).digest('hex').slice(0, 16)}"`,
    ...(packed && { 'content-encoding': 'gzip', vary: 'Accept-Encoding' }),
  };
  return { body, headers };
}

export async function startPlainHost(line: Line | null = null): Promise<PlainHost> {
  const sockets = new Set<Socket>();
  const asked: Asked[] = [];
  let freeAt = 0;

  const sent = (): number => [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, 0);

  /** Waits until the line has carried so many bytes more; whoever asks waits in turn. */
  const carry = async (bytes: number): Promise<void> => {
    if (!line) return;
    freeAt = Math.max(freeAt, performance.now() - mostLate) + (bytes / line.rate) * 1000;
    const wait = freeAt - performance.now();
    if (wait > 1) await sleep(wait);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    asked.push({ path: request.url!.slice(1), at: Date.now(), sent: sent() });
    const path = join(built, normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname));
    if (line) await sleep(line.latency);
    if (!existsSync(path) || !statSync(path).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const { body, headers } = fileAt(path);
    if (request.headers['if-none-match'] === headers.etag) {
      response.writeHead(304, { etag: headers.etag }).end();
      return;
    }
    response.writeHead(200, headers);
    for (let at = 0; at < body.length && !response.closed; at += chunk) {
      const part = body.subarray(at, at + chunk);
      await carry(part.length);
      response.write(part);
    }
    response.end();
  };

  const server = createServer((request, response) => void answer(request, response));
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sent,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
