/**
 * Tests the net of a lab: while it learns now and then on some of the images that are held out to
 * choose by, at rest on all of them, in the end on the test images. Where none are held out it is
 * all done on the test images.
 */
import { misreadOf } from './misread';
import type { NetSession } from './net-session';
import type { LabEvent, TestResult } from './protocol';
import { calibrateNet, testNet, type Judged } from './test-net';
import { everyImage, TestPlan } from './test-plan';

/** What is tested, as it is at the moment. */
interface Examined {
  session: NetSession;
  /** Learnt from. */
  images: number;
  /** Seconds of the run. */
  elapsed: number;
  era: number;
}

interface World {
  now: () => number;
  post: (event: LabEvent) => void;
  /** Keeps the run with the results so far. */
  keep: () => void;
}

export class Examiner {
  private readonly plan: TestPlan;

  /** `goOn` resolves to whether what began in an era may go on; `results` are those so far. */
  constructor(
    private readonly examined: () => Examined,
    private readonly world: World,
    private readonly goOn: (era: number) => Promise<boolean>,
    readonly results: TestResult[],
  ) {
    this.plan = new TestPlan(world.now);
  }

  /** A test if one is due, on all images at most at the end of an epoch. */
  async whileLearning(epochEnds: boolean): Promise<void> {
    if (epochEnds && this.plan.fullIsDue()) await this.test(this.split, everyImage);
    else if (this.plan.quickIsDue()) await this.quickly();
  }

  async quickly(): Promise<void> {
    const count = this.examined().session.count(this.split);
    await this.test(this.split, this.plan.quickStride(count));
  }

  /** Looks closely at a net at rest; resolves to whether it came to the end. */
  async examine(isFinished: boolean): Promise<boolean> {
    const done = await this.test(this.split, everyImage);
    return done && isFinished && this.split !== 'test' ? this.judge() : done;
  }

  /** On the test images. */
  judge(): Promise<boolean> {
    return this.test('test', everyImage);
  }

  /** What is tested on until the end. */
  private get split(): Judged {
    return this.examined().session.count('validation') > 0 ? 'validation' : 'test';
  }

  /** Resolves to false when something else began before the end. */
  private async test(split: Judged, stride: number): Promise<boolean> {
    const { plan, world } = this;
    const { session, images, era } = this.examined();
    const began = world.now();
    const of = Math.ceil(session.count(split) / stride);
    const tested = await testNet(session.net, split, stride, {
      now: () => world.now(),
      goOn: (done) => {
        world.post({ type: 'testing', progress: { split, tested: done, of } });
        return this.goOn(era);
      },
    });
    world.post({ type: 'testing', progress: null });
    if (!tested) return false;
    plan.tested(began, stride, tested.tested);
    const { errors, tallies } = tested;
    const full = stride === everyImage;
    const { elapsed } = this.examined();
    const result = { split, tested: tested.tested, errors, tallies, images, elapsed, full };
    this.results.push(result);
    world.post({ type: 'tested', result });
    if (!full) return true;
    world.keep();
    world.post({ type: 'misread', misread: misreadOf(session.net, split, tested) });
    return session.has('train') ? this.calibrate(session, era) : true;
  }

  /** From then on readings say how far they are to be trusted. */
  private calibrate(session: NetSession, era: number): Promise<boolean> {
    const { world } = this;
    return calibrateNet(session.net, { now: () => world.now(), goOn: () => this.goOn(era) });
  }
}
