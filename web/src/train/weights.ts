/** Weights as colours: blue for positive, orange for negative, clear for none. */

type Colour = readonly [number, number, number];

const colours: Record<'light' | 'dark', { positive: Colour; negative: Colour }> = {
  light: { positive: [31, 111, 235], negative: [224, 118, 43] },
  dark: { positive: [106, 165, 255], negative: [255, 159, 90] },
};

/** This share of a unit's weights lies within its colour scale; the label pixels' may go beyond. */
const within = 0.99;

/** Shares of a pixel and of those on either side: the average that lets strokes show through noise. */
const blur = [0.25, 0.5, 0.25] as const;

/** Averages a square picture with its neighbours, along rows and then along columns. */
export function smoothed(weights: Float32Array): Float32Array {
  const side = Math.sqrt(weights.length);
  const along = (from: Float32Array, step: number): Float32Array =>
    from.map((_, place) => {
      const at = Math.floor(place / step) % side;
      const value = (offset: -1 | 0 | 1): number =>
        at + offset < 0 || at + offset >= side ? 0 : from[place + offset * step]!;
      return blur[0] * value(-1) + blur[1] * value(0) + blur[2] * value(1);
    });
  return along(along(weights, 1), side);
}

/** Fills RGBA pixels, one a weight. */
export function paintField(weights: Float32Array, pixels: Uint8ClampedArray, dark: boolean): void {
  const { positive, negative } = colours[dark ? 'dark' : 'light'];
  const sizes = Float32Array.from(weights, Math.abs).sort();
  const scale = Math.max(sizes[Math.floor((sizes.length - 1) * within)]!, Number.MIN_VALUE);
  weights.forEach((weight, place) => {
    const [red, green, blue] = weight > 0 ? positive : negative;
    pixels.set([red, green, blue, Math.min(1, Math.abs(weight) / scale) * 255], place * 4);
  });
}
