/** WebKitGTK by plain WebDriver (https://www.w3.org/TR/webdriver2/), on a display of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inPage, type Browser, type Open, type Place, type Size } from './browser';

/** The folder's name holds that of the processor. */
const miniBrowser = 'exec /usr/lib/*/webkit2gtk-4.1/MiniBrowser --automation';

const capabilities = {
  alwaysMatch: { 'webkitgtk:browserOptions': { binary: '/bin/sh', args: ['-c', miniBrowser] } },
};

/** MiniBrowser saves into its home. */
export const openWebKit: Open = async (address, size, home) => {
  narrowToolbar(home);
  const [driver, end] = await startDriver(home);
  try {
    const command = await startSession(driver);
    const browser = browserOf(command, end);
    await command('POST', 'url', { url: address });
    await setInnerSize(command, browser, size);
    return browser;
  } catch (error) {
    await end();
    throw error;
  }
};

const browserOf = (command: Command, end: () => Promise<void>): Browser => ({
  evaluate: (expression) =>
    command('POST', 'execute/sync', { script: `return ${expression}`, args: [] }),
  async stroke(places) {
    await command('POST', 'actions', { actions: [mouse(places)] });
  },
  async upload(selector, path) {
    const input = await command('POST', 'element', { using: 'css selector', value: selector });
    const [id] = Object.values(input as Record<string, string>);
    await command('POST', `element/${id}/value`, { text: path });
  },
  async close() {
    await command('DELETE', '');
    await end();
  },
});

/** A driver's address, and what ends it and its display, with which its browsers end. */
async function startDriver(home: string): Promise<[address: string, end: () => Promise<void>]> {
  const [display, name] = await startDisplay();
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    env: {
      ...process.env,
      DISPLAY: name,
      HOME: home,
      // Its sandbox needs rights that a container does not give, and refuses root.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
    stdio: 'ignore',
  });
  const end = async (): Promise<void> => {
    await ended(driver);
    await ended(display);
  };
  return [`http://127.0.0.1:${port}`, end];
}

type Command = (method: string, path: string, body?: object) => Promise<unknown>;

/** What sends commands of a new session to the driver at that address, once it listens. */
async function startSession(driver: string): Promise<Command> {
  await untilAnswered(`${driver}/status`);
  let session = driver;
  const command: Command = async (method, path, body) => {
    const address = path === '' ? session : `${session}/${path}`;
    const init = body ? { method, body: JSON.stringify(body) } : { method };
    const response = await fetch(address, init);
    const { value } = (await response.json()) as { value: unknown };
    if (!response.ok) throw new Error(`WebKit: ${path}: ${JSON.stringify(value)}`);
    return value;
  };
  const { sessionId } = (await command('POST', 'session', { capabilities })) as {
    sessionId: string;
  };
  session = `${driver}/session/${sessionId}`;
  return command;
}

async function untilAnswered(address: string): Promise<void> {
  for (let attempt = 0; ; ++attempt) {
    try {
      await fetch(address);
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await sleep(100);
    }
  }
}

/** A pointer's actions: each place is a move of its own. */
function mouse([first, ...others]: Place[]): object {
  const move = ([x, y]: Place) => ({
    type: 'pointerMove',
    x: Math.round(x),
    y: Math.round(y),
    duration: 0,
  });
  const actions = [
    move(first!),
    { type: 'pointerDown', button: 0 },
    ...others.map(move),
    { type: 'pointerUp', button: 0 },
  ];
  return { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions };
}

/** WebDriver sets the size of the whole window, and a window takes it some time later. */
async function setInnerSize(command: Command, browser: Browser, size: Size): Promise<void> {
  await command('POST', 'window/rect', size);
  for (let look = 0; look < 40; ++look) {
    const [width, height] = await inPage(browser, () => [innerWidth, innerHeight]);
    if (width === size.width && height === size.height) return;
    const outer = (await command('GET', 'window/rect')) as Size;
    await command('POST', 'window/rect', {
      width: Math.max(size.width, outer.width + size.width - width),
      height: Math.max(size.height, outer.height + size.height - height),
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`WebKit: its window does not take ${size.width} by ${size.height} pixels.`);
}

/** A window is never narrower than its toolbar, which is wider than a phone. */
function narrowToolbar(home: string): void {
  const folder = join(home, '.config', 'gtk-3.0');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'gtk.css'), '* { min-width: 0; padding: 0; font-size: 1px; }');
}

async function startDisplay(): Promise<[server: ChildProcess, name: string]> {
  const server = spawn(
    'Xvfb',
    ['-displayfd', '1', '-screen', '0', '1400x1200x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [number] = (await once(server.stdout, 'data')) as [Buffer];
  return [server, `:${number.toString().trim()}`];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function ended(process: ChildProcess): Promise<void> {
  process.kill();
  if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
}
