/** When a net that trains is tested meanwhile, and on how many of the test images. */

export const everyImage = 1;

/** A quick test takes the first of these strides that makes it short enough, or the last. */
const quickStrides = [10, 20, 50];
const quickMilliseconds = 500;
/** Tests may take up to about these shares of the time. */
const quickShare = 0.15;
const fullShare = 0.3;
const quickEvery = 1000; // milliseconds, at least

export class TestPlan {
  private ended = -Infinity;
  private fullEnded = -Infinity;
  private quickTook = 0;
  private fullTook = 0;
  /** Unknown before the first test, which is therefore on few images. */
  private imageTook = Infinity;

  constructor(private readonly now: () => number) {}

  quickIsDue(): boolean {
    return this.now() - this.ended >= Math.max(quickEvery, this.quickTook / quickShare);
  }

  /** At the end of an epoch. */
  fullIsDue(): boolean {
    return this.now() - this.fullEnded >= this.fullTook / fullShare;
  }

  quickStride(testImages: number): number {
    const takes = (stride: number) => (testImages / stride) * this.imageTook;
    const short = quickStrides.find((stride) => takes(stride) <= quickMilliseconds);
    return short ?? quickStrides.at(-1)!;
  }

  /** Notes a test that began then, and has just ended. */
  tested(began: number, stride: number, images: number): void {
    const took = this.now() - began;
    this.ended = this.now();
    this.imageTook = took / images;
    if (stride === everyImage) {
      this.fullEnded = this.ended;
      this.fullTook = took;
    } else this.quickTook = took;
  }
}
