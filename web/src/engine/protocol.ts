/**
 * Everything that the page and the Worker say to each other.
 *
 * The page sends a Call: a Request with an id. The Worker answers each one with exactly one Answered
 * or Refused of the same id, and sends Events of its own accord. Nothing else crosses.
 */
import type { Config } from '../generated/config';
import type { Session } from './builds';
import type { TeachProgress } from './course';
import type { Disagreement } from './disagree';
import type { Lesson } from './drawn-images';
import type { InsideAnswers, InsideRequest } from './inside-protocol';
import type { Misread } from './misread';
import type { Story } from './one-step';
import type { Remedy } from './refused';
import type { Taught } from './teacher';
import type { Judged, Tally } from './test-net';

export type { Disagreement };

export type Report = ReturnType<Session['report']>;
export type LayerReport = Report['layers'][number];

/** What tells a net's positives from its negatives; with 'none' it has no goodness to show. */
export type Pairs = ReturnType<Session['pairs']>;

/** Images of a minibatch, their masks, and the hybrids made of them, [count x 784] each. */
export type Hybrids = ReturnType<Session['hybrids']>;

/** Where nets learn: the person's own, and the two that are compared while they learn. */
export type LabId = 'lab' | 'a' | 'b';

/** Where nets are put that only read: the two the page came with, one from a file, the two compared. */
export type Shelf = 'pretrained' | 'convolution' | 'file' | 'a' | 'b';

/**
 * Nets that can read a drawing; of the two compared it is what was put there last. And the one that
 * was taught a person's signs.
 */
export type Judge = Shelf | LabId | 'taught';

/** What is to be read: ink as drawn (0 background), or a 28x28 digit that needs no preparing. */
export type Picture =
  | { kind: 'drawing'; ink: Uint8Array; width: number; height: number }
  | { kind: 'digit'; pixels: Uint8Array };

type Answer = ReturnType<Session['classify']>;
/** What one way of reading says of a picture: [classes] `values`, the best of them at `label`. */
export type Score = Answer['scores'][number];

/** How sure a net is: `lead` of its best label over `rival`; below `usual` it is doubted. */
export type Doubt = NonNullable<Answer['doubt']>;

/**
 * What a net makes of a picture. `label` is what the first of its scores answers; `counted` says
 * which layers' goodness is added up for that, none where there is no goodness to read; `once`
 * whether the net sees it without a label, and answers for all of them in one look; `inputs`
 * [classes x 784] are layer 1's pixels for each label, 1 is white, label pixels may be brighter, all
 * the same where labels are not written in; `doubt` how far the answer is to be trusted: the `lead`
 * of the best label over its `rival` and its `score`, and the least that is usual of either; null
 * while that is not known.
 */
export interface Reading extends Answer {
  judge: Judge;
  milliseconds: number;
}

/** Units of layer 1 whose weights the page shows. */
export const fieldsShown = 42;
/** Hybrids of the present minibatch that the page shows. */
export const hybridsShown = 6;

export type RunState =
  /** No minibatch yet. */
  | 'fresh'
  | 'running'
  | 'paused'
  /** All epochs are done. */
  | 'finished';

/** Where the run stands. */
export interface Progress {
  state: RunState;
  /** Images a second over the last seconds of training; 0 before the first. */
  rate: number;
  /** Seconds that the run has taken, tests included, pauses not. */
  elapsed: number;
  /** Seconds that it will still take; null while nobody can tell. */
  left: number | null;
  /** Whether there are images to learn from. */
  hasData: boolean;
  /** Null while there never were. */
  report: Report | null;
}

/** How many images were misread of those that a net does not learn from. */
export interface TestResult {
  split: Judged;
  /** Training images seen when the net was tested. */
  images: number;
  /** Whether it was tested on all of them, or on some for a quick estimate. */
  full: boolean;
  tested: number;
  errors: number;
  /** Misread by every score that the net gives, the first of which answers. */
  tallies: Tally[];
  /** Seconds of the run so far. */
  elapsed: number;
}

/** What a run is to be. */
export interface RunPlan {
  name: string;
  /** The name of the one it was made from. */
  preset: string;
  config: Config;
}

/** A run: what it is called, what its net was made with, and how far it has come. */
export interface RunRecord extends RunPlan {
  id: string;
  pairs: Pairs;
  progress: Progress;
  results: TestResult[];
  /** When that was, in milliseconds since 1970. */
  changed: number;
}

export type Request =
  | InsideRequest
  /**
   * Starts the engine with untrained labs; the first request. `build`: its name, null for the best
   * that this browser runs; `engine`: the folder of builds; `data`: that of data sets.
   */
  | { type: 'open'; build: string | null; engine: string; data: string }
  /** Puts the model at that address where it only reads. */
  | { type: 'openModel'; shelf: Shelf; url: string }
  /** Makes the bytes of a model file the judge 'file'. */
  | { type: 'openFile'; bytes: Uint8Array }
  /** Reads a picture; answered with null when it is blank. */
  | { type: 'read'; judge: Judge; picture: Picture }
  /**
   * One step on a copy of a net, or on a fresh one of its settings; with the label that it reads for
   * null. Answered as `read`.
   */
  | { type: 'oneStep'; judge: Judge; picture: Picture; label: number | null; fresh: boolean }
  /** A test image of the own lab's data set, fetched at first use. `turn` counts on from 0 and around. */
  | { type: 'testDigit'; turn: number }
  /** Gives an untrained lab these settings; a lab that has begun keeps its own until a reset. */
  | { type: 'configure'; lab: LabId; plan: RunPlan }
  /** Starts or continues; a finished run gives way to a fresh net with these settings. */
  | { type: 'train'; lab: LabId; plan: RunPlan }
  | { type: 'pause'; lab: LabId }
  /** Trains on exactly one minibatch. */
  | { type: 'step'; lab: LabId; plan: RunPlan }
  /** A fresh net with these settings. Ends a run that is under way. */
  | { type: 'reset'; lab: LabId; plan: RunPlan }
  /** Changes settings that may change during a run. */
  | { type: 'adjust'; lab: LabId; changes: Partial<Config> }
  /** Tests a net at rest on all test images. */
  | { type: 'judge'; lab: LabId }
  /** Lets the nets 'a' and 'b' read all test images. */
  | { type: 'disagree' }
  /** Gives up fetching data; what waited for them is refused. */
  | { type: 'cancel' }
  /** A lab's net as a model file, with what is needed to train it further. */
  | { type: 'save'; lab: LabId }
  /** Puts the net of the judge 'file' into the own lab, to be trained further under that name. */
  | { type: 'adopt'; name: string; preset: string }
  /** The runs that are kept, the newest first. */
  | { type: 'runs' }
  /** Takes up a kept run where it stood, in the own lab; by itself only where nothing was asked for. */
  | { type: 'restore'; run: string; byItself: boolean }
  /** Puts the net of a kept run where it only reads. */
  | { type: 'openRun'; shelf: Shelf; run: string }
  | { type: 'forget'; run: string }
  /** Teaches a copy of that net, or a fresh one for null, to know these signs. */
  | { type: 'teach'; base: Judge | null; signs: Lesson[]; seed: number }
  /** Gives that up. */
  | { type: 'stopTeaching' }
  /** The net that was taught as a model file. */
  | { type: 'saveTaught' };

/** What each request is answered with. */
export interface Answers extends InsideAnswers {
  /**
   * What the build is called, why it is this one, the sentence to say if it should not be, and the
   * addresses of its files.
   */
  open: { title: string; explanation: string; fault: string | null; files: string[] };
  /** With weights into the first units of layer 1, as in the event. */
  openModel: { config: Config; receptiveFields: Float32Array };
  openFile: { config: Config };
  read: Reading | null;
  oneStep: Story | null;
  /** `name`: what its label is called. */
  testDigit: { index: number; label: number; name: string; pixels: Uint8Array };
  configure: undefined;
  train: undefined;
  pause: undefined;
  step: undefined;
  reset: undefined;
  adjust: undefined;
  judge: undefined;
  disagree: Disagreement;
  cancel: undefined;
  save: Uint8Array;
  adopt: { config: Config };
  runs: RunRecord[];
  restore: undefined;
  openRun: { config: Config };
  forget: undefined;
  teach: Taught;
  stopTeaching: undefined;
  saveTaught: Uint8Array;
}

export type Call = Request & { id: number };

export interface Answered {
  type: 'answered';
  id: number;
  value: Answers[Request['type']];
}

/** `message` is one sentence for the person at the page; null when they gave it up themselves. */
export interface Refused {
  type: 'refused';
  id: number;
  message: string | null;
  remedy: Remedy;
}

/** What is told of one lab. */
export type LabEvent =
  | { type: 'progress'; progress: Progress }
  /** A test of the lab's net goes on; null when none does. */
  | { type: 'testing'; progress: { split: Judged; tested: number; of: number } | null }
  /** A test of the lab's net is done. */
  | { type: 'tested'; result: TestResult }
  /** What the net took images for in its last test on all of a split. */
  | { type: 'misread'; misread: Misread }
  /** Weights into the first units of layer 1, [units x 784]. */
  | { type: 'receptiveFields'; weights: Float32Array }
  /** What the net last learnt to tell apart, if its negatives are hybrids. */
  | { type: 'hybrids'; hybrids: Hybrids }
  /** The lab has a fresh net, or another one. */
  | { type: 'begun'; run: RunRecord }
  /** The run had to stop, with the reason in one sentence. */
  | { type: 'broken'; message: string };

export type Event =
  | (LabEvent & { lab: LabId })
  /** A net learns a person's signs. */
  | { type: 'teaching'; progress: TeachProgress }
  /** A run is kept as it is now. */
  | { type: 'runKept'; run: RunRecord }
  /** A run could not be kept, with the reason in one sentence. */
  | { type: 'runLost'; message: string }
  /** A file of a data set is kept on this device, or why it is not, in one sentence. */
  | { type: 'kept'; fault: string | null }
  /** Bytes fetched of a data set, of all that are on their way; total is 0 while unknown. */
  | { type: 'fetching'; received: number; total: number }
  /** Nothing is being fetched any more. */
  | { type: 'fetched' };

export type FromWorker = Answered | Refused | Event;
