import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { whyNot } from '../../web/src/engine/page-files';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => vi.unstubAllGlobals());

const files = ['http://here/engine-1/ff-simd.js', 'http://here/engine-1/ff-simd.wasm'];
const thrown = new TypeError('Failed to fetch dynamically imported module');

const script = () => new Response('let a', { headers: { 'content-type': 'text/javascript' } });
const wasm = () =>
  new Response('\0asm and more', { headers: { 'content-type': 'application/octet-stream' } });
const html = () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } });
const gone = () => new Response(null, { status: 404 });

const answerWith = (answers: (() => Response)[]) =>
  vi.stubGlobal(
    'fetch',
    vi.fn((url: string) => Promise.resolve().then(answers[files.indexOf(url)])),
  );
const offline = (): Response => {
  throw new TypeError('Failed to fetch');
};

test.each([
  ['a build is gone', [gone, gone], /^ff-simd.js is not on the server/, 'reload'],
  ['a front page comes instead', [script, html], /^ff-simd.wasm is not on the server/, 'reload'],
  ['half is gone', [script, gone], /^ff-simd.wasm is not on the server/, 'reload'],
  ['nothing comes', [offline, wasm], /^ff-simd.js could not be fetched.*online/, 'again'],
  [
    'the server is ill',
    [() => new Response(null, { status: 503 }), wasm],
    /^ff-simd.js could not be fetched: the server answered 503\.$/,
    'again',
  ],
  ['the type is wrong', [wasm, wasm], /^ff-simd.js is sent as application\/octet-stream/, 'reload'],
  ['it is something else', [script, script], /^ff-simd.wasm .*no WebAssembly\.$/, 'reload'],
  ['files are as they should be', [script, wasm], /^Something went wrong/, 'again'],
])('one sentence says what and which file when %s', async (_, answers, sentence, remedy) => {
  answerWith(answers);
  const reason = await whyNot(files, thrown);
  expect(reason.message).toMatch(sentence);
  expect(reason.remedy).toBe(remedy);
});
