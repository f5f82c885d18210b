/**
 * A net that a person trains: its data, its run, its tests.
 *
 * All work is cut into slices of some tens of milliseconds with a turn of the event loop between
 * them, so that whatever the page asks meanwhile is answered at once, and two labs learn side by
 * side. Whatever fails leaves the net and its run as they were.
 */
import { explain } from '../explain';
import type { Config } from '../generated/config';
import type { Engine, Session } from './builds';
import type { FetchSplit } from './data';
import { Examiner } from './examiner';
import { NetSession } from './net-session';
import { OwnTime } from './own-time';
import { newRun, progressOf, refuseSilence } from './progress';
import type { Answers, LabEvent, Progress, RunPlan, RunRecord, RunState } from './protocol';
import { RunClock } from './run-clock';
import { RunKeeper, type Keep } from './run-keeper';
import { RunTeller } from './run-teller';

/** What the lab needs from the world around it. */
export interface Surroundings {
  fetchSplit: FetchSplit;
  post: (event: LabEvent) => void;
  /** Keeps a run where it outlasts the page. */
  keep: Keep;
  /** Resolves after other messages had their turn. */
  turn: () => Promise<void>;
  /** Milliseconds. */
  now: () => number;
}

const sliceMilliseconds = 20;

/** What is kept of a run: its net is a model file. */
export interface KeptRun {
  run: RunRecord;
  net: Uint8Array;
}

/** Thrown where a later request made this one pointless. */
export class Superseded extends Error {}

export class Lab {
  private current: NetSession;
  private run: Pick<RunRecord, 'id' | 'name' | 'preset'>;
  private state: RunState = 'fresh';
  /** Raised by every change of state; work that was begun before it stops. */
  private era = 0;
  /** Of what a person asked for with data still to come, only the newest is done. */
  private newest = 0;
  private clock: RunClock;
  private examiner: Examiner;
  private readonly keeper: RunKeeper;
  private readonly own: OwnTime;
  private readonly teller: RunTeller;
  /** Where a run stood that came back without its data. */
  private kept: Progress | null = null;

  constructor(
    private readonly engine: Engine,
    private readonly world: Surroundings,
  ) {
    this.current = new NetSession(engine, {});
    this.clock = new RunClock(world.now);
    this.keeper = new RunKeeper(world.keep, world.now);
    this.teller = new RunTeller(world);
    this.own = new OwnTime(world);
    this.run = newRun({ name: '', preset: '' });
    this.examiner = this.newExaminer();
    this.announce(this.run);
  }

  get net(): Session {
    return this.current.net;
  }

  /** Takes the images of another lab, if it has those that are missing here. */
  share(other: Lab): void {
    this.current.share(other.current);
  }

  /** Takes new settings if that loses no training. */
  configure(plan: RunPlan): void {
    if (this.state === 'fresh') this.renew(plan);
  }

  /** A fresh net; the run before is kept. */
  reset(plan: RunPlan): void {
    this.newest += 1;
    this.renew(plan);
  }

  async train(plan: RunPlan): Promise<void> {
    if (this.state === 'running') return;
    await this.prepare(plan);
    this.enter('running');
    void this.learn();
  }

  async step(plan: RunPlan): Promise<void> {
    await this.prepare(plan);
    this.enter('paused');
    if (!this.slice(() => this.net.step())) this.enter('finished');
    this.show();
    void this.examiner.quickly();
  }

  pause(): void {
    if (this.state !== 'running') return;
    this.enter('paused');
    this.show();
    void this.comeToRest();
  }

  /** Tests a net at rest on all test images, which it is not chosen by. */
  async judge(): Promise<void> {
    await this.withTest();
    if (this.state !== 'paused' && this.state !== 'finished') return;
    if (await this.examiner.judge()) this.keep();
  }

  adjust(changes: Partial<Config>): void {
    if (this.state !== 'fresh') this.net.adjust(JSON.stringify(changes));
  }

  save(): Uint8Array {
    return this.net.save('resumable');
  }

  /** Goes on with a net from a model file that keeps the state of its training. */
  async adopt(file: Uint8Array, plan: RunPlan): Promise<void> {
    const session = new NetSession(this.engine, plan.config);
    await this.supply(session);
    session.orDelete(() => {
      session.net.load(file);
      if (session.net.report().step === 0) {
        throw new Error(
          'This model file keeps no training state, so it cannot be trained further.',
        );
      }
    });
    this.putAway();
    this.begin(session, plan);
    const { step, steps, images } = this.net.report();
    this.clock = new RunClock(this.world.now, images);
    this.enter(step < steps ? 'paused' : 'finished');
    this.show();
    void this.comeToRest();
  }

  /**
   * Takes up a run that was kept, where it stood. What it is to learn from is fetched when it goes on.
   * `read` fetches it. Where it comes back by itself it gives way to anything a person has asked for.
   */
  async restore(read: () => Promise<KeptRun>, byItself: boolean): Promise<void> {
    const request = byItself ? 0 : ++this.newest;
    const { run: record, net: file } = await read();
    if (request !== this.newest) throw new Superseded();
    const session = new NetSession(this.engine, record.config);
    session.orDelete(() => session.net.load(file));
    session.share(this.current);
    this.putAway();
    this.current.delete();
    this.current = session;
    this.run = record;
    this.kept = record.progress;
    const { report, elapsed } = record.progress;
    this.clock = new RunClock(this.world.now, report?.images, elapsed);
    this.examiner = this.newExaminer(record.results);
    this.enter(record.progress.state === 'finished' ? 'finished' : 'paused');
    this.world.post({ type: 'begun', run: this.record() });
    this.show();
  }

  /** Whether test images of that data set are here. */
  hasTest(dataset: string): boolean {
    return this.current.dataset === dataset && this.current.has('test');
  }

  /** Sees to test images, and gives the net that then has them. */
  async withTest(): Promise<NetSession> {
    const { current } = this;
    if (!current.has('test')) {
      const data = await this.world.fetchSplit(current.dataset, 'test');
      if (current !== this.current) throw new Superseded();
      current.give('test', data);
    }
    return current;
  }

  /** A test image; `turn` counts on from any number. */
  async testDigit(turn: number): Promise<Answers['testDigit']> {
    const current = await this.withTest();
    // Steps of a prime visit all of them in an order that looks like none.
    const index = (turn * 7919) % current.count('test');
    return { index, ...current.net.image('test', index) };
  }

  /** The present one where it has the right data, else a new one. */
  private sessionFor(config: Config): NetSession {
    return config.dataset === this.current.dataset
      ? this.current
      : new NetSession(this.engine, config);
  }

  private renew(plan: RunPlan): void {
    const session = this.sessionFor(plan.config);
    this.putAway();
    this.begin(session, plan);
  }

  /** Makes a fresh net of these settings there the lab's. */
  private begin(session: NetSession, plan: RunPlan): void {
    if (session === this.current) session.configure(plan.config);
    else {
      this.current.delete();
      this.current = session;
    }
    this.announce(plan);
  }

  private announce(plan: Omit<RunPlan, 'config'>): void {
    this.enter('fresh');
    this.run = newRun(plan);
    this.kept = null;
    this.clock = new RunClock(this.world.now);
    this.examiner = this.newExaminer();
    this.world.post({ type: 'begun', run: this.record() });
    this.show();
  }

  private newExaminer(results: RunRecord['results'] = []): Examiner {
    const { now } = this.own;
    const world = { now, post: this.world.post, keep: () => this.keep() };
    return new Examiner(() => this.examined, world, (era) => this.goOn(era), results);
  }

  private get examined() {
    const { current, clock, era, kept } = this;
    const images = kept?.report?.images ?? current.net.images();
    return { session: current, images, elapsed: clock.elapsed, era };
  }

  /** Sees to data, and to a fresh net where none is half trained. */
  private async prepare(plan: RunPlan): Promise<void> {
    const fresh = this.state === 'fresh' || this.state === 'finished';
    const session = fresh ? this.sessionFor(plan.config) : this.current;
    await this.supply(session);
    this.kept = null;
    if (fresh) this.begin(session, plan);
  }

  /** Fetches what a session lacks; deletes it, unless it was the lab's own, if that comes to nothing. */
  private async supply(session: NetSession): Promise<void> {
    const request = ++this.newest;
    const isNew = session !== this.current;
    try {
      const missing = (['train', 'test'] as const).filter((split) => !session.has(split));
      const { fetchSplit } = this.world;
      const data = await Promise.all(missing.map((split) => fetchSplit(session.dataset, split)));
      const isThere = isNew || session === this.current;
      if (request !== this.newest || !isThere) throw new Superseded();
      missing.forEach((split, index) => session.give(split, data[index]!));
    } catch (error) {
      if (isNew) session.delete();
      throw error;
    }
  }

  private enter(state: RunState): void {
    this.era += 1;
    this.state = state;
    if (state === 'running') this.clock.start();
    else this.clock.stop();
  }

  private async learn(): Promise<void> {
    const { era } = this;
    try {
      this.show();
      let epoch = Math.floor(this.net.report().epoch);
      while (era === this.era) {
        if (!this.slice(() => this.net.train(sliceMilliseconds))) {
          this.enter('finished');
          this.show();
          await this.comeToRest();
          return;
        }
        if (this.teller.isDue()) this.show();
        const reached = Math.floor(this.net.report().epoch);
        await this.examiner.whileLearning(reached > epoch);
        epoch = reached;
        if (this.keeper.isDue()) this.keep();
        await this.own.turn();
      }
    } catch (error) {
      this.enter('paused');
      this.show();
      this.world.post({ type: 'broken', message: explain(error) });
    }
  }

  /** Does a slice of training and notes its speed. */
  private slice(work: () => boolean): boolean {
    const started = this.world.now();
    const before = this.net.images();
    const more = work();
    this.clock.trained(this.world.now() - started, this.net.images() - before);
    return more;
  }

  /** Looks closely at a net that learns no more for now, and keeps it. */
  private async comeToRest(): Promise<void> {
    this.keep();
    if (!(await this.examiner.examine(this.state === 'finished'))) return;
    this.keep();
    this.show();
  }

  /** Keeps a run that has learnt anything. */
  private keep(state = this.state): void {
    if (this.state === 'fresh' || !this.current.has('train')) return;
    const record = this.record();
    this.keeper.keep({ ...record, progress: { ...record.progress, state } }, this.net);
  }

  /** Keeps a run that gives way to another: it is not under way any more. */
  private putAway(): void {
    this.keep(this.state === 'running' ? 'paused' : this.state);
  }

  private record(): RunRecord {
    return {
      ...this.run,
      config: this.current.config(),
      pairs: this.net.pairs(),
      progress: this.progress(),
      results: this.examiner.results,
      changed: Date.now(),
    };
  }

  /** Gives others their turn; resolves to whether what began in that era may go on. */
  private async goOn(era: number): Promise<boolean> {
    await this.own.turn();
    return era === this.era;
  }

  /** Tells the page where the run stands. Throws where a layer has died. */
  private show(): void {
    const progress = this.progress();
    this.teller.tell(progress, this.net);
    if (this.state === 'running') refuseSilence(progress);
  }

  private progress(): Progress {
    return progressOf(this.current, this.state, this.clock, this.kept);
  }
}
