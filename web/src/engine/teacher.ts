/**
 * Teaches nets signs that a person has drawn, and keeps the one that was taught last.
 *
 * All is cut into slices as in the lab, whose run goes on meanwhile; the two then share the time.
 */
import type { Config } from '../generated/config';
import type { Engine, Session } from './builds';
import { Course, type Judged, type Known } from './course';
import { spreadOver, type Lesson } from './drawn-images';
import { Superseded, type Surroundings as LabSurroundings } from './lab';
import type { Event } from './protocol';

type Surroundings = Pick<LabSurroundings, 'fetchSplit' | 'turn' | 'now'> & {
  post: (event: Extract<Event, { type: 'teaching' }>) => void;
};

export interface Taught extends Judged {
  /** All that the net tells apart. */
  classes: string[];
  /** From the first drawing to the last test, without the fetching of images. */
  seconds: number;
}

/** Images that a net knows already, among those that it learns from. */
const replayed = 25_000;

export class Teacher {
  /** By data set; little of it, so that it can stay. */
  private readonly known = new Map<string, Known>();
  private taught: Session | null = null;
  /** Raised by every new beginning and by `stop`; what was begun before ends. */
  private era = 0;

  constructor(
    private readonly engine: Engine,
    private readonly world: Surroundings,
  ) {}

  /** The net that was taught last; null before. */
  get net(): Session | null {
    return this.taught;
  }

  stop(): void {
    this.era += 1;
  }

  /**
   * Teaches a copy of `base`, or a fresh net if that is null; the net of before stays until it is
   * done. Throws Superseded when it was stopped.
   */
  async teach(base: Session | null, lessons: Lesson[], seed: number): Promise<Taught> {
    const era = ++this.era;
    const file = base?.save('whole');
    const known = base && (await this.knownBy(base));
    const net = new this.engine.Session();
    try {
      this.check(era);
      if (file) net.load(file);
      const { now } = this.world;
      const started = now();
      const judged = await new Course(net, lessons, known, {
        now,
        turn: async () => {
          await this.world.turn();
          this.check(era);
        },
        show: (progress) => this.world.post({ type: 'teaching', progress }),
      }).run(seed);
      this.taught?.delete();
      this.taught = net;
      return { ...judged, classes: net.classes(), seconds: (now() - started) / 1000 };
    } catch (error) {
      net.delete();
      throw error;
    }
  }

  private async knownBy(base: Session): Promise<Known> {
    const { dataset } = JSON.parse(base.config()) as Config;
    const kept = this.known.get(dataset);
    if (kept) return kept;
    const { fetchSplit } = this.world;
    const [train, test] = await Promise.all([
      fetchSplit(dataset, 'train'),
      fetchSplit(dataset, 'test'),
    ]);
    const known = { train: spreadOver(train, replayed), test: spreadOver(test, Infinity) };
    this.known.set(dataset, known);
    return known;
  }

  private check(era: number): void {
    if (era !== this.era) throw new Superseded();
  }
}
