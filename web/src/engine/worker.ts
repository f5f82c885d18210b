/** The Worker: owns the engine and every net. See protocol.ts for what it is asked and what it says. */
import type { Config } from '../generated/config';
import { chooseBuild, type Engine, type Session } from './builds';
import { DataSource } from './data';
import { fetchBytes } from './fetch-bytes';
import { Lab, Superseded } from './lab';
import type { Answers, Call, FromWorker, Judge, Reading, Request } from './protocol';
import { readPicture } from './read-picture';

type Of<Type extends Request['type']> = Extract<Request, { type: Type }>;
type Handlers = {
  [Type in Request['type']]: (request: Of<Type>) => Answers[Type] | Promise<Answers[Type]>;
};

const post = (message: FromWorker): void => self.postMessage(message);

/** A turn of the event loop without the four milliseconds that nested timers must wait. */
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });

let engine: Engine;
let data: DataSource;
let lab: Lab;
let file: Uint8Array | null = null;
const models = new Map<Exclude<Judge, 'lab'>, Session>();

function netOf(judge: Judge): Session {
  const net = judge === 'lab' ? lab.net : models.get(judge);
  if (!net) throw new Error('This model is not loaded.');
  return net;
}

/** Loads a model file beside the present one, which stays when that fails. */
function openModel(judge: Exclude<Judge, 'lab'>, bytes: Uint8Array): { config: Config } {
  const net = new engine.Session();
  try {
    net.load(bytes);
  } catch (error) {
    net.delete();
    throw error;
  }
  models.get(judge)?.delete();
  models.set(judge, net);
  return { config: configOf(net) };
}

const configOf = (net: Session): Config => JSON.parse(net.config()) as Config;

const handlers: Handlers = {
  async open({ build, data: folder, config }) {
    const chosen = chooseBuild(build);
    engine ??= await chosen.create();
    data = new DataSource(new URL(folder), post);
    const { fetchSplit } = data;
    lab = new Lab(engine, { fetchSplit, post, turn, now: () => performance.now() }, config);
    return { build: chosen.title };
  },
  async openPretrained({ url }) {
    return openModel('pretrained', await fetchBytes(new URL(url)));
  },
  openFile({ bytes }) {
    const opened = openModel('file', bytes);
    file = bytes;
    return opened;
  },
  read: ({ judge, picture }): Reading | null => readPicture(judge, netOf(judge), picture),
  testDigit: ({ turn: number }) => lab.testDigit(number),
  configure: ({ config }) => done(lab.configure(config)),
  train: async ({ config }) => done(await lab.train(config)),
  step: async ({ config }) => done(await lab.step(config)),
  pause: () => done(lab.pause()),
  reset: ({ config }) => done(lab.reset(config)),
  adjust: ({ changes }) => done(lab.adjust(changes)),
  cancel: () => done(data.cancel()),
  save: () => lab.save(),
  async adopt() {
    const config = configOf(netOf('file'));
    await lab.adopt(file!, config);
    return { config };
  },
};

const done = (_: void): null => null;

/** Null for what the person gave up themselves. */
function sentenceOf(error: unknown): string | null {
  if (error instanceof Superseded) return null;
  if (error instanceof DOMException && error.name === 'AbortError') return null;
  return error instanceof Error ? error.message : String(error);
}

self.onmessage = async ({ data: call }: MessageEvent<Call>) => {
  try {
    const handle = handlers[call.type] as (request: Request) => Promise<Answers[Request['type']]>;
    post({ type: 'answered', id: call.id, value: await handle(call) });
  } catch (error) {
    post({ type: 'refused', id: call.id, message: sentenceOf(error) });
  }
};

