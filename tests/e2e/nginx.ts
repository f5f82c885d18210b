/** The built page on nginx as the distribution ships it, which scripts/toolchain/nginx.mjs sees to. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { built } from './site';

const shipped = process.env.FF_NGINX ?? '/';
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'";

export interface Host {
  /** Of the page, under a sub-path. */
  address: string;
  /** A page of another site, which has that one in a frame. */
  framed: string;
  close(): Promise<void>;
}

export async function startNginx(): Promise<Host> {
  const folder = mkdtempSync(join(tmpdir(), 'ff-nginx-'));
  const [port, otherPort] = [await freePort(), await freePort()];
  const address = `http://127.0.0.1:${port}/some/where/`;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
    events {}
    http {
      include ${join(shipped, 'etc/nginx/mime.types')};
      default_type application/octet-stream;
      access_log off;
      ${temporary.join(' ')}
      server {
        listen 127.0.0.1:${port};
        location /some/where/ {
          alias ${built};
          add_header Content-Security-Policy "${policy}";
        }
      }
      server {
        listen 127.0.0.1:${otherPort};
        location / {
          default_type text/html;
          return 200 '<!doctype html><iframe width="1240" height="860" src="${address}"></iframe>';
        }
      }
    }`,
  );
  const program = join(shipped, 'usr/sbin/nginx');
  const nginx = spawn(program, ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr']);
  let said = '';
  nginx.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const ended = once(nginx, 'close');
  await vi.waitFor(() => fetch(address), { timeout: 20_000 }).catch((error: unknown) => {
    throw new Error(`nginx does not answer: ${said}`, { cause: error });
  });
  return {
    address,
    framed: `http://localhost:${otherPort}/`,
    async close() {
      nginx.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
