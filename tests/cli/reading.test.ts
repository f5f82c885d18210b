/** A model is read in several ways, without training it anew. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ff, json, scratch } from './ff';

const files = scratch();
afterAll(() => files.remove());

const model = files.path('model.safetensors');
const small = ['--layers', '60,60', '--train-images', '3000', '--epochs', '2', '--shift', '1'];
beforeAll(() => json(['train', ...small, '--out', model]));

test('the places that the softmax looks at, and the layers that count', async () => {
  const [plain] = await json(['eval', model]);
  const [around] = await json(['eval', model, '--softmax-shift', '1']);
  const [later] = await json(['eval', model, '--first-counted-layer', '2']);
  expect(plain).toMatchObject({ first_counted_layer: 1, softmax_shift: 0 });
  expect(around).toMatchObject({ softmax_shift: 1, test_error: plain!.test_error });
  expect(around!.softmax_error).not.toBe(plain!.softmax_error);
  expect(later).toMatchObject({ first_counted_layer: 2, softmax_error: plain!.softmax_error });
  expect(later!.test_error).toBe((plain!.layer_errors as number[])[1]);
});

test('are what a run of that setting would have read', async () => {
  const again = files.path('around.safetensors');
  await json(['train', ...small, '--softmax-shift', '1', '--out', again]);
  const [trained] = await json(['eval', again]);
  const [read] = await json(['eval', model, '--softmax-shift', '1']);
  expect(read!.softmax_error).toBe(trained!.softmax_error);
});

test('the images held out in training are judged as training judged them', async () => {
  const held = files.path('held.safetensors');
  const events = await json(['train', ...small, '--validation-images', '1000', '--out', held]);
  const [read] = await json(['eval', held, '--split', 'validation']);
  const { validation_error, softmax_error } = events.at(-1)!;
  expect(read).toMatchObject({ validation_images: 1000, validation_error, softmax_error });
  const { status, stderr } = await ff(['eval', model, '--split', 'validation']);
  expect(stderr).toBe(
    'ff: --split: this net learnt with none held out, expected test or train.\n',
  );
  expect(status).toBe(1);
});

test('a layer that is not there is refused', async () => {
  const { status, stderr } = await ff(['eval', model, '--first-counted-layer', '3']);
  expect(stderr).toBe(
    'ff: --first-counted-layer: expected at most the number of layers, 2, got 3.\n',
  );
  expect(status).toBe(1);
});
