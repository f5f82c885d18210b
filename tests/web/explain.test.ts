import { beforeEach, expect, test, vi } from 'vitest';
import { explain } from '../../web/src/explain';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

test('a sentence of ours stays as it is', () => {
  class Ours extends Error {}
  expect(explain(new Ours('layers: expected fewer.'))).toBe('layers: expected fewer.');
  expect(console.error).not.toHaveBeenCalled();
});

test.each([
  ['memory', new RangeError('WebAssembly.Memory(): could not allocate memory'), /not enough memory/],
  ['an array', new RangeError('Array buffer allocation failed'), /not enough memory/],
  ['the engine', new WebAssembly.RuntimeError('unreachable'), /engine broke off/],
  ['a program', new TypeError("Cannot read properties of undefined (reading 'b')"), /load it again/],
  ['a module', new WebAssembly.CompileError('expected magic word 00 61 73 6d'), /load it again/],
  ['a file', new DOMException('The requested file', 'NotReadableError'), /file cannot be read/],
  ['nothing known', 5_242_880_000, /load it again/],
])('what the browser says of %s becomes a sentence', (_, thrown, sentence) => {
  expect(explain(thrown)).toMatch(sentence);
  expect(explain(thrown)).toMatch(/^[A-Z][^:]*[.?]$/);
  expect(console.error).toHaveBeenCalledWith(thrown);
});
