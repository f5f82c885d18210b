/** When a net that trains is tested meanwhile, and on how many of the test images. */

export const everyImage = 1;
export const everyTenthImage = 10;

/** A quick test takes the first of these strides that makes it short enough, or the last. */
const quickStrides = [everyTenthImage, 20, 50];
const quickMilliseconds = 500;
/** Quick tests may take up to this share of the time. */
const quickShare = 0.15;
const quickEvery = 1000; // milliseconds, at least

export class TestPlan {
  private ended = -Infinity;
  private fullEnded = 0;
  private quickTook = 0;
  private fullTook = 0;
  /** Unknown before the first test, which is therefore on few images. */
  private imageTook = Infinity;

  constructor(private readonly now: () => number) {}

  quickIsDue(): boolean {
    return this.now() - this.ended >= Math.max(quickEvery, this.quickTook / quickShare);
  }

  /** At the end of an epoch; very short ones are not worth a full test each. */
  fullIsDue(): boolean {
    return this.now() - this.fullEnded >= this.fullTook;
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
