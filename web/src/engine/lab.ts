/**
 * The net that a person trains: its data, its run, its tests.
 *
 * All work is cut into slices of some tens of milliseconds with a turn of the event loop between
 * them, so that whatever the page asks meanwhile is answered at once. Whatever fails leaves the net
 * and its run as they were.
 */
import { explain } from '../explain';
import type { Config } from '../generated/config';
import { Bench } from './bench';
import type { Engine, Session } from './builds';
import type { FetchSplit } from './data';
import { misreadOf } from './misread';
import { fieldsShown, hybridsShown, type Event, type Progress, type RunState } from './protocol';
import { RunClock } from './run-clock';
import { testNet, type Tested } from './test-net';
import { everyImage, TestPlan } from './test-plan';

/** What the lab needs from the world around it. */
export interface Surroundings {
  fetchSplit: FetchSplit;
  post: (event: Event) => void;
  /** Resolves after other messages had their turn. */
  turn: () => Promise<void>;
  /** Milliseconds. */
  now: () => number;
}

const sliceMilliseconds = 20;
const progressEvery = 200; // milliseconds
const picturesEvery = 1000; // milliseconds

/** Thrown where a later request made this one pointless. */
export class Superseded extends Error {}

export class Lab {
  private bench: Bench;
  private state: RunState = 'fresh';
  /** Raised by every change of state; work that was begun before it stops. */
  private era = 0;
  /** Of what was asked for with data still to come, only the newest is done. */
  private newest = 0;
  private clock: RunClock;
  private shown = { progress: -Infinity, pictures: -Infinity };
  private plan: TestPlan;

  constructor(
    private readonly engine: Engine,
    private readonly world: Surroundings,
  ) {
    this.bench = new Bench(engine, {});
    this.clock = new RunClock(world.now);
    this.plan = new TestPlan(world.now);
    this.announce();
  }

  get net(): Session {
    return this.bench.session;
  }

  /** Takes new settings if that loses no training. */
  configure(config: Config): void {
    if (this.state === 'fresh') this.reset(config);
  }

  /** A fresh net. */
  reset(config: Config): void {
    this.newest += 1;
    this.begin(this.benchFor(config), config);
  }

  async train(config: Config): Promise<void> {
    if (this.state === 'running') return;
    await this.prepare(config);
    this.enter('running');
    void this.run();
  }

  async step(config: Config): Promise<void> {
    await this.prepare(config);
    this.enter('paused');
    if (!this.slice(() => this.net.step())) this.enter('finished');
    this.show();
    void this.testQuickly();
  }

  pause(): void {
    if (this.state !== 'running') return;
    this.enter('paused');
    this.show();
    void this.examine();
  }

  adjust(changes: Partial<Config>): void {
    if (this.state !== 'fresh') this.net.adjust(JSON.stringify(changes));
  }

  save(): Uint8Array {
    return this.net.save(true);
  }

  /** Goes on with a net from a model file that keeps the state of its training. */
  async adopt(file: Uint8Array, config: Config): Promise<void> {
    const bench = new Bench(this.engine, config);
    await this.supply(bench);
    bench.orDelete(() => {
      bench.session.load(file);
      if (bench.session.report().step === 0) {
        throw new Error(
          'This model file keeps no training state, so it cannot be trained further.',
        );
      }
    });
    this.begin(bench, config);
    const { step, steps, images } = this.net.report();
    this.clock = new RunClock(this.world.now, images);
    this.enter(step < steps ? 'paused' : 'finished');
    this.show();
    void this.examine();
  }

  /** A test image; `turn` counts on from any number. */
  async testDigit(turn: number): Promise<{ index: number; label: number; pixels: Uint8Array }> {
    const { bench } = this;
    if (!bench.has('test')) {
      const data = await this.world.fetchSplit(bench.dataset, 'test');
      if (bench !== this.bench) throw new Superseded();
      bench.give('test', data);
    }
    // Steps of a prime visit all of them in an order that looks like none.
    const index = (turn * 7919) % bench.testImages;
    return { index, ...bench.session.testImage(index) };
  }

  /** The present bench where it has the right data, else a new one. */
  private benchFor(config: Config): Bench {
    return config.dataset === this.bench.dataset ? this.bench : new Bench(this.engine, config);
  }

  /** Puts a fresh net of these settings on the bench and makes it the lab's. */
  private begin(bench: Bench, config: Config): void {
    if (bench === this.bench) bench.configure(config);
    else {
      this.bench.delete();
      this.bench = bench;
    }
    this.announce();
  }

  private announce(): void {
    this.enter('fresh');
    this.clock = new RunClock(this.world.now);
    this.plan = new TestPlan(this.world.now);
    const config = this.bench.config();
    this.world.post({ type: 'begun', config, pairs: this.net.pairs() });
    this.show();
  }

  /** Sees to data, and to a fresh net where none is half trained. */
  private async prepare(config: Config): Promise<void> {
    const fresh = this.state === 'fresh' || this.state === 'finished';
    const bench = fresh ? this.benchFor(config) : this.bench;
    await this.supply(bench);
    if (fresh) this.begin(bench, config);
  }

  /** Fetches what a bench lacks; deletes it, unless it is the lab's own, if that comes to nothing. */
  private async supply(bench: Bench): Promise<void> {
    const request = ++this.newest;
    try {
      const missing = (['train', 'test'] as const).filter((split) => !bench.has(split));
      const { fetchSplit } = this.world;
      const data = await Promise.all(missing.map((split) => fetchSplit(bench.dataset, split)));
      if (request !== this.newest) throw new Superseded();
      missing.forEach((split, index) => bench.give(split, data[index]!));
    } catch (error) {
      if (bench !== this.bench) bench.delete();
      throw error;
    }
  }

  private enter(state: RunState): void {
    this.era += 1;
    this.state = state;
    if (state === 'running') this.clock.start();
    else this.clock.stop();
  }

  private async run(): Promise<void> {
    const { era } = this;
    try {
      this.show();
      let epoch = Math.floor(this.net.report().epoch);
      while (era === this.era) {
        if (!this.slice(() => this.net.train(sliceMilliseconds))) {
          await this.finish();
          return;
        }
        if (this.world.now() - this.shown.progress >= progressEvery) this.show();
        const reached = Math.floor(this.net.report().epoch);
        if (reached > epoch && this.plan.fullIsDue()) await this.test(everyImage);
        else if (this.plan.quickIsDue()) await this.testQuickly();
        epoch = reached;
        await this.world.turn();
      }
    } catch (error) {
      this.enter('paused');
      this.show();
      this.world.post({ type: 'broken', message: explain(error) });
    }
  }

  private async finish(): Promise<void> {
    this.enter('finished');
    this.show();
    await this.examine();
  }

  /** Does a slice of training and notes its speed. */
  private slice(work: () => boolean): boolean {
    const started = this.world.now();
    const before = this.net.images();
    const more = work();
    this.clock.trained(this.world.now() - started, this.net.images() - before);
    return more;
  }

  /** Looks closely at a net at rest. */
  private async examine(): Promise<void> {
    const tested = await this.test(everyImage);
    if (tested) this.world.post({ type: 'misread', misread: misreadOf(this.net, tested) });
  }

  /** Gives others their turn; resolves to whether what began in that era may go on. */
  private async goOn(era: number): Promise<boolean> {
    await this.world.turn();
    return era === this.era;
  }

  private async testQuickly(): Promise<void> {
    await this.test(this.plan.quickStride(this.bench.testImages));
  }

  /** Resolves to null when something else began before the end. */
  private async test(stride: number): Promise<Tested | null> {
    const { era, plan, world } = this;
    const began = world.now();
    const images = this.net.images();
    const of = Math.ceil(this.bench.testImages / stride);
    const tested = await testNet(this.net, stride, {
      now: () => world.now(),
      goOn: (done) => {
        world.post({ type: 'testing', progress: { tested: done, of } });
        return this.goOn(era);
      },
    });
    world.post({ type: 'testing', progress: null });
    if (!tested) return null;
    const { errors, tallies } = tested;
    plan.tested(began, stride, tested.tested);
    const { elapsed } = this.clock;
    const full = stride === everyImage;
    const result = { tested: tested.tested, errors, tallies, images, elapsed, full };
    world.post({ type: 'tested', result });
    return tested;
  }

  /** Tells the page where the run stands. */
  private show(): void {
    const { world } = this;
    this.shown.progress = world.now();
    world.post({ type: 'progress', progress: this.progress() });
    if (this.state === 'running' && world.now() - this.shown.pictures < picturesEvery) return;
    this.shown.pictures = world.now();
    this.showPictures();
  }

  /** What takes the page longer to draw. */
  private showPictures(): void {
    const { net, world } = this;
    world.post({ type: 'receptiveFields', weights: net.receptiveFields(fieldsShown) });
    const hybrids = net.hybrids(hybridsShown);
    if (hybrids.images.length > 0) world.post({ type: 'hybrids', hybrids });
  }

  private progress(): Progress {
    const { state, clock } = this;
    const speed = { state, rate: clock.rate, elapsed: clock.elapsed };
    if (!this.bench.has('train')) return { ...speed, left: null, report: null };
    const report = this.net.report();
    const total = report.step > 0 ? (report.images / report.step) * report.steps : 0;
    return { ...speed, left: clock.left(report.images, total), report };
  }
}
