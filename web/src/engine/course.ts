/** One net learns signs among images that it knows, so that it forgets none of them. */
import type { Config } from '../generated/config';
import type { Session } from './builds';
import { both, imagesOf, noImages, type Images, type Lesson } from './drawn-images';
import { everyImage } from './test-plan';
import { testNet } from './test-net';

/** So many right, of how many. */
export interface Rights {
  right: number;
  of: number;
}

/** What a net makes of what it is judged by. */
export interface Judged {
  /** Of each sign's drawings that were kept from it. */
  signs: Rights[];
  /** Of the test images that it knew; null before the first test, and where it knew none. */
  before: Rights | null;
  after: Rights | null;
}

/** How far it is. */
export interface TeachProgress extends Judged {
  phase: 'preparing' | 'learning' | 'judging';
  /** Of the phase. */
  share: number;
}

/** Of what a net has learnt from, and what it is tested on. */
export interface Known {
  train: Images;
  test: Images;
}

export interface CourseWork {
  now: () => number;
  /** Lets others have their turn; throws when the course is to end. */
  turn: () => Promise<void>;
  show: (progress: TeachProgress) => void;
}

/** Beside images that it knows; chosen by validation images. */
const beside: Partial<Config> = {
  optimiser: 'adam',
  learning_rate: 0.001,
  momentum: 0.9,
  beta2: 0.999,
  decay_start: 0.1,
  batch: 100,
  epochs: 4,
  shift: 1,
  train_images: 0,
  validation_images: 0,
};
/** A fresh net that learns nothing else. */
const alone: Partial<Config> = { layers: [200, 200], negatives: 'hard', shift: 1, epochs: 10 };

const sliceMilliseconds = 20;
const judgeEvery = 400; // milliseconds
/** While it learns it is judged by each so many-th test image. */
const quickStride = 25;

export class Course {
  private held = noImages;
  private judged: Judged = { signs: [], before: null, after: null };
  /** The label of the first sign. */
  private readonly first: number;

  /** `net` knows what `known` shows; it is a fresh one, and without classes, where that is null. */
  constructor(
    private readonly net: Session,
    private readonly lessons: Lesson[],
    private readonly known: Known | null,
    private readonly work: CourseWork,
  ) {
    this.first = known ? net.classes().length : 0;
  }

  /** The same net for the same seed. */
  async run(seed: number): Promise<Judged> {
    const { learnt, held } = await imagesOf(this.lessons, this.first, seed, this.net, (share) =>
      this.turn('preparing', share),
    );
    this.held = held;
    await this.judgeBefore();
    this.begin(learnt, seed);
    await this.learn();
    this.show('judging', 0);
    await this.judge(everyImage);
    return this.judged;
  }

  private async judgeBefore(): Promise<void> {
    if (!this.known) return;
    this.give('test', this.known.test);
    this.judged = { ...this.judged, before: await this.rights(0, everyImage) };
  }

  /** The signs become classes of the net, after those it knows. */
  private begin(learnt: Images, seed: number): void {
    const { net, known } = this;
    const names = this.lessons.map(({ name }) => name);
    const settings = JSON.stringify({ ...(known ? beside : alone), seed });
    if (known) net.widen(names, settings);
    else net.configureFor(settings, names);
    this.give('train', both(learnt, known?.train ?? noImages));
    this.give('test', both(this.held, known?.test ?? noImages));
  }

  private async learn(): Promise<void> {
    const { now } = this.work;
    let judged = -Infinity;
    do {
      const { step, steps } = this.net.report();
      if (now() - judged >= judgeEvery) {
        await this.judge(quickStride);
        judged = now();
      }
      await this.turn('learning', step / steps);
    } while (this.net.train(sliceMilliseconds));
  }

  private async judge(stride: number): Promise<void> {
    const signs = this.rightsOfSigns();
    const after = this.known && (await this.rights(this.held.labels.length, stride));
    this.judged = { ...this.judged, signs, after };
  }

  /** Of the drawings, which come first among the test images. */
  private rightsOfSigns(): Rights[] {
    const { answers, labels } = this.net.evaluate('test', 0, this.held.labels.length, 1);
    return this.lessons.map((_, sign) => {
      const own = [...labels.keys()].filter((image) => labels[image] === this.first + sign);
      const right = own.filter((image) => answers[image] === labels[image]);
      return { right: right.length, of: own.length };
    });
  }

  /** Of each `stride`-th test image from `first` on. */
  private async rights(first: number, stride: number): Promise<Rights> {
    const { now, turn } = this.work;
    const goOn = async (): Promise<true> => {
      await turn();
      return true;
    };
    const { tested, errors } = (await testNet(this.net, 'test', stride, { now, goOn }, first))!;
    return { right: tested - errors, of: tested };
  }

  private give(split: 'train' | 'test', { pixels, labels }: Images): void {
    this.net.loadImages(split, pixels, labels, this.net.classes());
  }

  private show(phase: TeachProgress['phase'], share: number): void {
    this.work.show({ phase, share, ...this.judged });
  }

  private turn(phase: TeachProgress['phase'], share: number): Promise<void> {
    this.show(phase, share);
    return this.work.turn();
  }
}
