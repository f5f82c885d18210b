/** Something that is made of a net by showing it test images, a slice at a time. */
import type { Session } from './builds';
import { Superseded } from './lab';
import type { Judge } from './protocol';

export interface Addable {
  /** Shows it the images first, first + stride, … of the session; gives how many there were. */
  add(session: Session, first: number, count: number, stride: number): number;
  delete(): void;
}

/** Which net a judge is: `net` may be given other weights (`begun`), and may learn (`learnt`). */
export interface Identity {
  net: Session;
  begun: number;
  learnt: number;
}

interface Surroundings {
  identify: (judge: Judge) => Identity;
  turn: () => Promise<void>;
  now: () => number;
}

const sliceMilliseconds = 20;

/** Keeps the last that was made, for as long as its net is what it was. */
export class MadeOfNet<Thing extends Addable> {
  private kept: { thing: Thing; of: Identity; seen: number } | null = null;
  private making: { of: Identity; made: Promise<Thing> } | null = null;

  constructor(
    private readonly world: Surroundings,
    private readonly stride: number,
    private readonly make: (net: Session) => Thing,
  ) {}

  /** Images that were shown to the one that is kept. */
  get seen(): number {
    return this.kept?.seen ?? 0;
  }

  /** The one that is kept, if it is of that judge's net as it is. */
  present(judge: Judge): Thing | null {
    const { begun, learnt, net } = this.world.identify(judge);
    const of = this.kept?.of;
    return of?.net === net && of.begun === begun && of.learnt === learnt ? this.kept!.thing : null;
  }

  /** That one, or a new one; the net must have test images. Fails when the net gives way to another. */
  async get(judge: Judge): Promise<Thing> {
    const present = this.present(judge);
    if (present) return present;
    const of = this.world.identify(judge);
    const making = this.making?.of;
    if (making?.net !== of.net || making.begun !== of.begun) {
      this.making = { of, made: this.fill(judge, of) };
    }
    return this.making!.made;
  }

  private async fill(judge: Judge, of: Identity): Promise<Thing> {
    const { now, turn, identify } = this.world;
    const thing = this.make(of.net);
    let [seen, slice] = [0, 20];
    try {
      for (;;) {
        const started = now();
        const added = thing.add(of.net, seen * this.stride, slice, this.stride);
        seen += added;
        if (added < slice) break;
        slice = nextSlice(slice, now() - started);
        await turn();
        const { net, begun } = identify(judge);
        if (net !== of.net || begun !== of.begun) throw new Superseded();
      }
    } catch (error) {
      thing.delete();
      throw error;
    } finally {
      if (this.making?.of === of) this.making = null;
    }
    this.kept?.thing.delete();
    this.kept = { thing, of, seen };
    return thing;
  }
}

function nextSlice(slice: number, took: number): number {
  const [least, most] = [1, 200];
  const fitting = Math.round((slice * sliceMilliseconds) / Math.max(1, took));
  return Math.max(least, Math.min(most, fitting));
}
