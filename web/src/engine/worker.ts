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
import { disagreementOf } from './disagree';
import type { InsideRequest } from './inside-protocol';
import { Inspector } from './inspector';
import { Lab, Superseded, type KeptRun, type Surroundings } from './lab';
import { freshStoryOf, storyOf } from './one-step';
import {
  fieldsShown,
  type Answers,
  type Call,
  type FromWorker,
  type Judge,
  type LabEvent,
  type LabId,
  type Reading,
  type Request,
  type RunRecord,
  type Shelf,
} from './protocol';
import { readPicture } from './read-picture';
import { RefusedError } from './refused';
import { RunStore } from './run-store';
import { filesOf, startEngine } from './start-engine';
import { Teacher } from './teacher';

type Of<Type extends Request['type']> = Extract<Request, { type: Type }>;
/** The answer, now or later; what is answered with nothing may return anything. */
type Allowed<Answer> = undefined extends Answer ? unknown : Answer | Promise<Answer>;
type Handlers = {
  [Type in Exclude<Request['type'], InsideRequest['type']>]: (request: Of<Type>) => Allowed<Answers[Type]>;
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
/** Settled when it has started, or cannot. */
let opening: Promise<unknown> = Promise.resolve();
let data: DataSource;
let world: Omit<Surroundings, 'post' | 'keep'>;
let newLab: (id: LabId) => Lab;
const labs = new Map<LabId, Lab>();
let inspector: Inspector | null = null;
let teacher: Teacher;
let file: Uint8Array | null = null;
const models = new Map<Judge, Session>();
const store = new RunStore();

function netOf(judge: Judge): Session {
  if (judge === 'taught' && teacher.net) return teacher.net;
  const net = models.get(judge) ?? labs.get(judge as LabId)?.net;
  if (!net) throw new Error('This model is not loaded.');
  return net;
}

function labOf(id: LabId): Lab {
  const lab = labs.get(id) ?? newLab(id);
  labs.set(id, lab);
  return lab;
}

/** A lab that is to learn, with the images that others have; its net reads from now on. */
function learning(id: LabId): Lab {
  const lab = labOf(id);
  models.get(id)?.delete();
  models.delete(id);
  for (const other of labs.values()) lab.share(other);
  return lab;
}

/** Keeps a run; that comes to nothing where the browser keeps nothing for this page. */
function keep(run: RunRecord, net: Uint8Array): void {
  store.keep(run, net).then(
    () => post({ type: 'runKept', run }),
    () => post({ type: 'runLost', message: 'This browser keeps no runs for this page: save the model to keep it.' }),
  );
}

async function kept(id: string): Promise<KeptRun> {
  const run = (await store.list()).find((one) => one.id === id);
  const net = await store.net(id);
  if (!run || !net) throw new Error('This run is not kept any more.');
  return { run, net };
}

/** Loads a model file beside the present one, which stays when that fails. */
function openModel(judge: Shelf, bytes: Uint8Array): { config: Config } {
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
    const starting = startEngine(folder, chooseBuild(build, abilities));
    opening = starting.catch(() => undefined);
    const started = await starting;
    ({ engine } = started);
    data = new DataSource(new URL(dataFolder), dataFiles, post);
    const { fetchSplit } = data;
    const { engine: ready } = started;
    world = { fetchSplit, turn, now: () => performance.now() };
    newLab = (lab) => {
      const heard = (event: LabEvent): void => {
        if (lab === 'lab') inspector?.hear(event);
        post({ ...event, lab });
      };
      return new Lab(ready, { ...world, post: heard, keep });
    };
    inspector = new Inspector({ engine, netOf, lab: labOf('lab'), ...world });
    teacher = new Teacher(engine, { ...world, post });
    const { choice } = started;
    const explanation = explanationOf(choice, abilities);
    const files = filesOf(folder, choice);
    return { title: titleOf(choice), explanation, fault: choice.fault, files };
  },
  async openModel({ shelf, url }) {
    // On their way at once.
    const [bytes] = await Promise.all([fetchBytes(new URL(url)), opening]);
    const opened = openModel(shelf, bytes);
    return { ...opened, receptiveFields: netOf(shelf).receptiveFields(fieldsShown) };
  },
  openFile({ bytes }) {
    const opened = openModel('file', bytes);
    file = bytes;
    return opened;
  },
  read: ({ judge, picture }): Reading | null => readPicture(judge, netOf(judge), picture),
  oneStep({ judge, picture, label, fresh }) {
    const net = netOf(judge);
    if (fresh) return freshStoryOf(engine!, judge, net, picture, label);
    return storyOf(judge, net, picture, label);
  },
  testDigit: ({ turn: number }) => labOf('lab').testDigit(number),
  configure: ({ lab, plan }) => labOf(lab).configure(plan),
  train: ({ lab, plan }) => learning(lab).train(plan),
  step: ({ lab, plan }) => learning(lab).step(plan),
  pause: ({ lab }) => labOf(lab).pause(),
  reset: ({ lab, plan }) => labOf(lab).reset(plan),
  adjust: ({ lab, changes }) => labOf(lab).adjust(changes),
  judge: ({ lab }) => labOf(lab).judge(),
  disagree: () => disagreementOf(netOf('a'), netOf('b'), world),
  cancel: () => data.cancel(),
  save: ({ lab }) => labOf(lab).save(),
  async adopt({ name, preset }) {
    const config = configOf(netOf('file'));
    await labOf('lab').adopt(file!, { name, preset, config });
    return { config };
  },
  runs: () => store.list(),
  restore: ({ run, byItself }) => labOf('lab').restore(() => kept(run), byItself),
  async openRun({ shelf, run }) {
    return openModel(shelf, (await kept(run)).net);
  },
  forget: ({ run }) => store.forget(run),
  teach: ({ base, signs, seed }) => teacher.teach(base && netOf(base), signs, seed),
  stopTeaching: () => teacher.stop(),
  saveTaught: () => netOf('taught').save('whole'),
};

/** Null for what the person gave up themselves. */
function sentenceOf(error: unknown): string | null {
  if (error instanceof Superseded) return null;
  if (error instanceof DOMException && error.name === 'AbortError') return null;
  return explain(error);
}

self.onmessage = async ({ data: call }: MessageEvent<Call>) => {
  try {
    const all = { ...handlers, ...inspector?.handlers } as Record<string, unknown>;
    const handle = all[call.type] as (request: Request) => Promise<Answers[Request['type']]>;
    post({ type: 'answered', id: call.id, value: await handle(call) });
  } catch (error) {
    // Nobody knows what an engine that broke off has in its memory: the page must start another.
    if (error instanceof Error && error.name === 'RuntimeError') reportError(error);
    const remedy = error instanceof RefusedError ? error.remedy : 'again';
    post({ type: 'refused', id: call.id, message: sentenceOf(error), remedy });
  }
};
