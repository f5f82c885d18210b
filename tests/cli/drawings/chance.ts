/** Seeded chance: the same numbers on every machine. */
export class Chance {
  constructor(private state: number) {}

  /** Uniform in [0, 1): mulberry32 by Tommy Ettinger. */
  share(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.share();
  }

  /** From low to high, both possible. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.share() * (high - low + 1));
  }

  /** -1 or 1. */
  sign(): number {
    return this.share() < 0.5 ? -1 : 1;
  }
}
