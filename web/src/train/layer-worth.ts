/** What each layer is worth, in figures. */
import type { TestResult } from '../engine/protocol';
import type { Config } from '../generated/config';

export interface LayerWorth {
  /** From 0. */
  layer: number;
  /** Share misread by this layer alone. */
  alone: number;
  /**
   * Share of images less misread by the counted layers up to this one than by those before it;
   * below 0 if it does harm, null where there is nothing to compare with.
   */
  brings: number | null;
}

type Counted = Pick<Config, 'first_counted_layer' | 'last_counted_layer'>;

/** Of each layer; none where layers have no goodness for every class. */
export function worthOf(result: TestResult, { first_counted_layer: first, last_counted_layer: last }: Counted): LayerWorth[] {
  const { tested, tallies } = result;
  const upto = tallies.filter(({ name }) => name === 'upto').map(({ errors }) => errors);
  return tallies
    .filter(({ name }) => name === 'layer')
    .map(({ errors, layer }, place) => ({
      layer,
      alone: errors / tested,
      brings:
        place === 0 || layer < first || layer >= last
          ? null
          : (upto[place - 1]! - upto[place]!) / tested,
    }));
}
