/** The Worker: owns the engine and every net. See protocol.ts for what it is asked and what it says. */
import { explain } from '../explain';
import type { Config } from '../generated/config';
import {
  abilitiesHere,
  chooseBuild,
  explanationOf,
  titleOf,
  type Engine,
  type Session,
} from './builds';
import { DataSource } from './data';
import { fetchBytes } from './fetch-bytes';
import { Lab, Superseded } from './lab';
import {
  fieldsShown,
  type Answers,
  type Call,
  type FromWorker,
  type Judge,
  type Reading,
  type Request,
} from './protocol';
import { readPicture } from './read-picture';
import { RefusedError } from './refused';
import { startEngine } from './start-engine';

type Of<Type extends Request['type']> = Extract<Request, { type: Type }>;
/** The answer, now or later; what is answered with nothing may return anything. */
type Allowed<Answer> = undefined extends Answer ? unknown : Answer | Promise<Answer>;
type Handlers = {
  [Type in Request['type']]: (request: Of<Type>) => Allowed<Answers[Type]>;
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

let engine: Engine | null = null;
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
  if (!engine) throw new Error('The engine has not started.');
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
  async open({ build, engine: folder, data: dataFolder }) {
    const abilities = abilitiesHere();
    const started = await startEngine(folder, chooseBuild(build, abilities));
    ({ engine } = started);
    data = new DataSource(new URL(dataFolder), post);
    const { fetchSplit } = data;
    lab = new Lab(engine, { fetchSplit, post, turn, now: () => performance.now() });
    const { choice } = started;
    const explanation = explanationOf(choice, abilities);
    return { title: titleOf(choice), explanation, fault: choice.fault };
  },
  async openPretrained({ url }) {
    const opened = openModel('pretrained', await fetchBytes(new URL(url)));
    return { ...opened, receptiveFields: netOf('pretrained').receptiveFields(fieldsShown) };
  },
  openFile({ bytes }) {
    const opened = openModel('file', bytes);
    file = bytes;
    return opened;
  },
  read: ({ judge, picture }): Reading | null => readPicture(judge, netOf(judge), picture),
  testDigit: ({ turn: number }) => lab.testDigit(number),
  configure: ({ config }) => lab.configure(config),
  train: ({ config }) => lab.train(config),
  step: ({ config }) => lab.step(config),
  pause: () => lab.pause(),
  reset: ({ config }) => lab.reset(config),
  adjust: ({ changes }) => lab.adjust(changes),
  cancel: () => data.cancel(),
  save: () => lab.save(),
  async adopt() {
    const config = configOf(netOf('file'));
    await lab.adopt(file!, config);
    return { config };
  },
};

/** Null for what the person gave up themselves. */
function sentenceOf(error: unknown): string | null {
  if (error instanceof Superseded) return null;
  if (error instanceof DOMException && error.name === 'AbortError') return null;
  return explain(error);
}

self.onmessage = async ({ data: call }: MessageEvent<Call>) => {
  try {
    const handle = handlers[call.type] as (request: Request) => Promise<Answers[Request['type']]>;
    post({ type: 'answered', id: call.id, value: await handle(call) });
  } catch (error) {
    // Nobody knows what an engine that broke off has in its memory: the page must start another.
    if (error instanceof Error && error.name === 'RuntimeError') reportError(error);
    const remedy = error instanceof RefusedError ? error.remedy : 'again';
    post({ type: 'refused', id: call.id, message: sentenceOf(error), remedy });
  }
};
