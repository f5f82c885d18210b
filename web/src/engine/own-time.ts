/**
 * The time that a lab works. What others do in their turns is not counted, so that of two labs side by
 * side neither is tested more often for what it learns than it would be alone.
 */
export class OwnTime {
  private worked = 0;
  private since: number;

  constructor(private readonly world: { now: () => number; turn: () => Promise<void> }) {
    this.since = world.now();
  }

  /** Milliseconds. */
  readonly now = (): number => this.worked + this.world.now() - this.since;

  /** Gives others their turn. */
  readonly turn = async (): Promise<void> => {
    this.worked = this.now();
    this.since = this.world.now();
    await this.world.turn();
    this.since = this.world.now();
  };
}
