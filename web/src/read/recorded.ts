/** The example as the pre-trained net reads it; generate.mjs recorded it, to show before that net is there. */
import type { Reading } from '../engine/protocol';
import recorded from '../generated/example.json';
import { digitPixels } from './digit-image';

interface Recorded extends Omit<Reading, 'judge' | 'milliseconds' | 'inputs' | 'scores'> {
  scores: (Omit<Reading['scores'][number], 'values'> & { values: number[] })[];
  /** [784], 255 is white. */
  pixels: number[];
  /** What each label adds to them: places and values. */
  marks: [place: number, value: number][][];
}

export function recordedExample(): Reading {
  const { scores, pixels, marks, ...answer } = recorded as unknown as Recorded;
  const inputs = new Float32Array(marks.length * digitPixels);
  marks.forEach((places, label) => {
    const input = inputs.subarray(label * digitPixels, (label + 1) * digitPixels);
    input.set(pixels.map((value) => value / 255));
    for (const [place, value] of places) input[place]! += value;
  });
  return {
    ...answer,
    scores: scores.map((score) => ({ ...score, values: Float32Array.from(score.values) })),
    inputs,
    judge: 'pretrained',
    milliseconds: 0,
  };
}
