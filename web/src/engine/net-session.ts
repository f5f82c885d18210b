/** A session with a net, and the data that it was given. */
import type { Config } from '../generated/config';
import type { Engine, Session } from './builds';
import type { Judged } from './test-net';
import { countLabels, type DataSplit, type Split } from './data';

export class NetSession {
  readonly net: Session;
  readonly dataset: string;
  private testImages = 0;
  private given = new Set<Split>();

  /** What `config` leaves out is at its default. Throws, and leaves nothing, when it is refused. */
  constructor(engine: Engine, config: Partial<Config>) {
    this.net = new engine.Session();
    this.orDelete(() => this.configure(config));
    this.dataset = this.config().dataset;
  }

  /** A fresh net for the same data. */
  configure(config: Partial<Config>): void {
    this.net.configure(JSON.stringify(config));
  }

  config(): Config {
    return JSON.parse(this.net.config()) as Config;
  }

  has(split: Split): boolean {
    return this.given.has(split);
  }

  give(split: Split, { images, labels }: DataSplit): void {
    this.net.loadData(split, images, labels);
    if (split === 'test') this.testImages = countLabels(labels);
    this.given.add(split);
  }

  /** How many images there are of those that a net is tested on. */
  count(split: Judged): number {
    return split === 'test' ? this.testImages : this.config().validation_images;
  }

  /** Takes the data of another session, without a copy, if it has more of the same data set. */
  share(other: NetSession): void {
    if (other.dataset !== this.dataset || other.given.size <= this.given.size) return;
    this.net.shareData(other.net);
    this.given = new Set(other.given);
    this.testImages = other.testImages;
  }

  delete(): void {
    this.net.delete();
  }

  /** Does `work`; deletes the session when that fails. */
  orDelete(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.delete();
      throw error;
    }
  }
}
