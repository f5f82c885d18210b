/**
 * Everything that the page and the Worker say to each other.
 *
 * The page sends a Call: a Request with an id. The Worker answers each one with exactly one Answered
 * or Refused of the same id, and sends Events of its own accord. Nothing else crosses.
 */
import type { Config } from '../generated/config';
import type { Session } from './builds';
import type { Misread } from './misread';
import type { Remedy } from './refused';
import type { Tally } from './test-net';

export type Report = ReturnType<Session['report']>;
export type LayerReport = Report['layers'][number];

/** What tells a net's positives from its negatives; with 'none' it has no goodness to show. */
export type Pairs = ReturnType<Session['pairs']>;

/** Images of a minibatch, their masks, and the hybrids made of them, [count x 784] each. */
export type Hybrids = ReturnType<Session['hybrids']>;

/** Nets that can read a drawing: the one that the page came with, one from a file, the lab's own. */
export type Judge = 'pretrained' | 'file' | 'lab';

/** What is to be read: ink as drawn (0 background), or a 28x28 digit that needs no preparing. */
export type Picture =
  | { kind: 'drawing'; ink: Uint8Array; width: number; height: number }
  | { kind: 'digit'; pixels: Uint8Array };

type Answer = ReturnType<Session['classify']>;
/** What one way of reading says of a picture: [classes] `values`, the best of them at `label`. */
export type Score = Answer['scores'][number];

/**
 * What a net makes of a picture. `label` is what the first of its scores answers; `counted` says
 * which layers' goodness is added up for that, none where there is no goodness to read; `inputs`
 * [classes x 784] are layer 1's pixels for each label, 1 is white, label pixels may be brighter, all
 * the same where labels are not written in.
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
  /** Null while there are no training images. */
  report: Report | null;
}

/** How many of the test images were misread. */
export interface TestResult {
  /** Training images seen when the net was tested. */
  images: number;
  /** Whether it was tested on all images, or on some for a quick estimate. */
  full: boolean;
  tested: number;
  errors: number;
  /** Misread by every score that the net gives, the first of which answers. */
  tallies: Tally[];
  /** Seconds of the run so far. */
  elapsed: number;
}

export type Request =
  /**
   * Starts the engine with an untrained lab; the first request. `build`: its name, null for the best
   * that this browser runs; `engine`: the folder of builds; `data`: that of data sets.
   */
  | { type: 'open'; build: string | null; engine: string; data: string }
  /** Loads the model at that address as the judge 'pretrained'. */
  | { type: 'openPretrained'; url: string }
  /** Makes the bytes of a model file the judge 'file'. */
  | { type: 'openFile'; bytes: Uint8Array }
  /** Reads a picture; answered with null when it is blank. */
  | { type: 'read'; judge: Judge; picture: Picture }
  /** A test image of the lab's data set, fetched at first use. `turn` counts on from 0 and around. */
  | { type: 'testDigit'; turn: number }
  /** Gives an untrained lab these settings; a lab that has begun keeps its own until a reset. */
  | { type: 'configure'; config: Config }
  /** Starts or continues; a finished run gives way to a fresh net with these settings. */
  | { type: 'train'; config: Config }
  | { type: 'pause' }
  /** Trains on exactly one minibatch. */
  | { type: 'step'; config: Config }
  /** A fresh net with these settings. Ends a run that is under way. */
  | { type: 'reset'; config: Config }
  /** Changes settings that may change during a run. */
  | { type: 'adjust'; changes: Partial<Config> }
  /** Gives up fetching data; what waited for them is refused. */
  | { type: 'cancel' }
  /** The lab's net as a model file, with what is needed to train it further. */
  | { type: 'save' }
  /** Puts the net of the judge 'file' into the lab, to be trained further. */
  | { type: 'adopt' };

/** What each request is answered with. */
export interface Answers {
  /** What the build is called, why it is this one, and the sentence to say if it should not be. */
  open: { title: string; explanation: string; fault: string | null };
  /** With weights into the first units of layer 1, as in the event. */
  openPretrained: { config: Config; receptiveFields: Float32Array };
  openFile: { config: Config };
  read: Reading | null;
  testDigit: { index: number; label: number; pixels: Uint8Array };
  configure: undefined;
  train: undefined;
  pause: undefined;
  step: undefined;
  reset: undefined;
  adjust: undefined;
  cancel: undefined;
  save: Uint8Array;
  adopt: { config: Config };
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

export type Event =
  | { type: 'progress'; progress: Progress }
  /** A test of the lab's net goes on; null when none does. */
  | { type: 'testing'; progress: { tested: number; of: number } | null }
  /** A test of the lab's net is done. */
  | { type: 'tested'; result: TestResult }
  /** The net at rest has read some test images one by one. */
  | { type: 'misread'; misread: Misread }
  /** Weights into the first units of layer 1, [units x 784]. */
  | { type: 'receptiveFields'; weights: Float32Array }
  /** What the net last learnt to tell apart, if its negatives are hybrids. */
  | { type: 'hybrids'; hybrids: Hybrids }
  /** The lab has a fresh net, or another one, with this config. */
  | { type: 'begun'; config: Config; pairs: Pairs }
  /** Bytes fetched of a data set, of all that are on their way; total is 0 while unknown. */
  | { type: 'fetching'; received: number; total: number }
  /** Nothing is being fetched any more. */
  | { type: 'fetched' }
  /** The run had to stop, with the reason in one sentence. */
  | { type: 'broken'; message: string };

export type FromWorker = Answered | Refused | Event;
