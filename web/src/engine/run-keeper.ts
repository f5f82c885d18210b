/** When a run that goes on is kept, so that little is lost when the tab dies. */
import type { Session } from './builds';
import type { RunRecord } from './protocol';

/** Keeps a run with its net, now or a little later. */
export type Keep = (record: RunRecord, net: Uint8Array) => void;

/** Less than the ten seconds that may be lost. */
const keepEvery = 8000; // milliseconds
/** Of a large net it takes longer, and is done less often. */
const largestShare = 0.02;

export class RunKeeper {
  private ended = -Infinity;
  private took = 0;

  constructor(
    private readonly write: Keep,
    private readonly now: () => number,
  ) {}

  isDue(): boolean {
    return this.now() - this.ended >= Math.max(keepEvery, this.took / largestShare);
  }

  /** One that is finished goes on no more, and is kept in a fraction of the space. */
  keep(record: RunRecord, net: Session): void {
    const began = this.now();
    this.write(record, net.save(record.progress.state === 'finished' ? 'half' : 'resumable'));
    this.ended = this.now();
    this.took = this.ended - began;
  }
}
