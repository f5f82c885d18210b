import { readFile } from 'node:fs/promises';
import createEngine from '@engine/ff-simd.js';
import { expect, test } from 'vitest';
import { digitPixels } from '../../web/src/read/digit-image';
import { recordedExample } from '../../web/src/read/recorded';

test('the example was recorded as the pre-trained net reads it', async () => {
  const engine = await createEngine();
  const net = new engine.Session();
  const model = new URL('../../web/public/models/pretrained.safetensors', import.meta.url);
  net.load(new Uint8Array(await readFile(model)));
  const recorded = recordedExample();
  // A label brightens its own pixel only.
  const labels = [...recorded.classes.keys()];
  const pixels = Uint8Array.from({ length: digitPixels }, (_, place) =>
    Math.round(255 * Math.min(...labels.map((label) => recorded.inputs[label * digitPixels + place]!))),
  );
  const answer = net.classify(pixels);
  expect(recorded.label).toBe(3);
  expect(answer.label).toBe(3);
  answer.scores.forEach(({ values }, score) => {
    values.forEach((value, label) => {
      expect(recorded.scores[score]!.values[label]).toBeCloseTo(value, 2);
    });
  });
  net.delete();
});
