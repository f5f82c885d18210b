/** A session with a net, and the data that it was given. */
import type { Config } from '../generated/config';
import type { Engine, Session } from './builds';
import { countLabels, type DataSplit, type Split } from './data';

export class Bench {
  readonly session: Session;
  readonly dataset: string;
  testImages = 0;
  private readonly given = new Set<Split>();

  /** What `config` leaves out is at its default. Throws, and leaves nothing, when it is refused. */
  constructor(engine: Engine, config: Partial<Config>) {
    this.session = new engine.Session();
    this.orDelete(() => this.configure(config));
    this.dataset = this.config().dataset;
  }

  /** A fresh net for the same data. */
  configure(config: Partial<Config>): void {
    this.session.configure(JSON.stringify(config));
  }

  config(): Config {
    return JSON.parse(this.session.config()) as Config;
  }

  has(split: Split): boolean {
    return this.given.has(split);
  }

  give(split: Split, { images, labels }: DataSplit): void {
    this.session.loadData(split, images, labels);
    if (split === 'test') this.testImages = countLabels(labels);
    this.given.add(split);
  }

  delete(): void {
    this.session.delete();
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
