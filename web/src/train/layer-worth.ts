/** What each layer is worth, in figures. */
import type { TestResult } from '../engine/protocol';

export interface LayerWorth {
  /** Share misread by this layer alone. */
  alone: number;
  /**
   * Share of images less misread by the counted layers up to this one than by those before it;
   * below 0 if it does harm, null where there is nothing to compare with.
   */
  brings: number | null;
}

/** Of each layer; none where labels are not written into images. `firstCounted` counts from 1, as the setting does. */
export function worthOf(result: TestResult, firstCounted: number): LayerWorth[] {
  const { tested, tallies } = result;
  const errorsOf = (kind: string): number[] =>
    tallies.filter(({ name }) => name === kind).map(({ errors }) => errors);
  const upto = errorsOf('upto');
  return errorsOf('layer').map((errors, layer) => ({
    alone: errors / tested,
    brings: layer < firstCounted ? null : (upto[layer - 1]! - upto[layer]!) / tested,
  }));
}
