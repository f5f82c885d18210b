/** How long a run has taken, how fast it goes, and when it will be done. */

const rateOver = 3000; // milliseconds of training

export class RunClock {
  private counted: number;
  private since: number | null = null;
  private recent: { milliseconds: number; images: number }[] = [];

  /** `images` is how many had been seen when this clock began, in `before` seconds. */
  constructor(
    private readonly now: () => number,
    private readonly images = 0,
    private readonly before = 0,
  ) {
    this.counted = before * 1000;
  }

  start(): void {
    this.since ??= this.now();
  }

  stop(): void {
    this.counted = this.elapsedMilliseconds();
    this.since = null;
  }

  /** Notes a slice of training. */
  trained(milliseconds: number, images: number): void {
    this.recent.push({ milliseconds, images });
    while (this.sum('milliseconds') - this.recent[0]!.milliseconds > rateOver) this.recent.shift();
  }

  /** Seconds between starts and stops. */
  get elapsed(): number {
    return this.elapsedMilliseconds() / 1000;
  }

  /** Images a second of training, tests left out. */
  get rate(): number {
    const milliseconds = this.sum('milliseconds');
    return milliseconds > 0 ? (this.sum('images') / milliseconds) * 1000 : 0;
  }

  /** Seconds until `total` images are seen, tests included; null before any. */
  left(images: number, total: number): number | null {
    const seen = images - this.images;
    return seen > 0 ? ((total - images) / seen) * (this.elapsed - this.before) : null;
  }

  private elapsedMilliseconds(): number {
    return this.counted + (this.since === null ? 0 : this.now() - this.since);
  }

  private sum(key: 'milliseconds' | 'images'): number {
    return this.recent.reduce((sum, slice) => sum + slice[key], 0);
  }
}
