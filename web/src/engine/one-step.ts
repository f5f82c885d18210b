/** What one training step would make of a net, for one picture with its label and a wrong one. */
import type { Config } from '../generated/config';
import type { Engine, Session } from './builds';
import { NetSession } from './net-session';
import type { Judge, Picture, Reading } from './protocol';
import { digitOf, readPicture } from './read-picture';

export type Step = ReturnType<Session['oneStep']>;
/** What a layer says of the pair, and what the step makes of that. */
export type LayerStep = Step['layers'][number];

/** Weights of layer 1 that are told of, those moved most. */
export const movesTold = 42;

/** A picture, the pair made of it, and a step on a copy of the net. */
export interface Story {
  reading: Reading;
  config: Config;
  /** [28 x 28] the picture as the net is given it, 0 background. */
  pixels: Uint8Array;
  label: number;
  /** What the net reads. */
  guess: number;
  /** The wrong label that the net likes best. */
  rival: number;
  /** Null for a net whose layers do not each learn from such pairs. */
  step: Step | null;
}

/** `label`: null for the one that the net reads. Null when the picture is blank. */
export function storyOf(judge: Judge, net: Session, picture: Picture, label: number | null): Story | null {
  const pixels = digitOf(net, picture);
  if (!pixels) return null;
  const reading = readPicture(judge, net, { kind: 'digit', pixels })!;
  const config = JSON.parse(net.config()) as Config;
  const real = label !== null && label < reading.classes.length ? label : reading.label;
  const rival = rivalOf(reading, real);
  const apart = config.rule === 'forward_forward' && net.pairs() === 'labels';
  const step = apart ? net.oneStep(pixels, real, rival, movesTold) : null;
  return { reading, config, pixels, label: real, guess: reading.label, rival, step };
}

/** The same by a net of its settings that has learnt nothing yet; the guess is still its own. */
export function freshStoryOf(
  engine: Engine,
  ...[judge, net, picture, label]: Parameters<typeof storyOf>
): Story | null {
  const guess = readPicture(judge, net, picture)?.label;
  if (guess === undefined) return null;
  const fresh = new NetSession(engine, JSON.parse(net.config()) as Config);
  try {
    const story = storyOf(judge, fresh.net, picture, label ?? guess);
    return story && { ...story, guess };
  } finally {
    fresh.delete();
  }
}

function rivalOf({ scores }: Reading, label: number): number {
  const { values } = scores[0]!;
  const others = Array.from(values.keys()).filter((other) => other !== label);
  return others.reduce((best, other) => (values[other]! > values[best]! ? other : best));
}
