import { describe, expect, test, vi } from 'vitest';
import {
  abilitiesHere,
  builds,
  chooseBuild,
  explanationOf,
  titleOf,
  withoutThreads,
  type Abilities,
} from '../../web/src/engine/builds';
import { RefusedError } from '../../web/src/engine/refused';

const able: Abilities = {
  simd: true,
  relaxedSimd: true,
  allowed: true,
  isolated: true,
  shares: true,
  cores: 2,
};

test.each([
  ['two cores, everything allowed', able, 'relaxed-threads', 'relaxed SIMD, 2 threads'],
  ['many cores', { ...able, cores: 64 }, 'relaxed-threads', 'relaxed SIMD, 8 threads'],
  ['no relaxed SIMD', { ...able, relaxedSimd: false }, 'simd-threads', 'SIMD, 2 threads'],
  ['a page not isolated', { ...able, isolated: false }, 'relaxed', 'relaxed SIMD, 1 thread'],
  ['one core', { ...able, cores: 1 }, 'relaxed', 'relaxed SIMD, 1 thread'],
  ['no memory to share', { ...able, shares: false }, 'relaxed', 'relaxed SIMD, 1 thread'],
  [
    'nothing more than it must have',
    { ...able, relaxedSimd: false, isolated: false, shares: false, cores: 1 },
    'simd',
    'SIMD, 1 thread',
  ],
])('the best build is chosen with %s', (_, abilities, name, title) => {
  const choice = chooseBuild(null, abilities);
  expect(choice).toMatchObject({ build: { name }, fault: null });
  expect(titleOf(choice)).toBe(title);
});

test.each([
  ['a browser without SIMD', { ...able, simd: false }, /Chrome and Edge.*97.*Firefox.*Safari/],
  ['a server that forbids it', { ...able, allowed: false }, /'wasm-unsafe-eval'/],
])('no build is had in %s, and one sentence says why', (_, abilities, why) => {
  expect(() => chooseBuild(null, abilities)).toThrow(RefusedError);
  expect(() => chooseBuild('simd', abilities)).toThrow(why);
});

test('a worker where little is known has no build instead of an exception', () => {
  vi.stubGlobal('WebAssembly', undefined);
  vi.stubGlobal('SharedArrayBuffer', undefined);
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('self', {});
  expect(abilitiesHere()).toMatchObject({ simd: false, allowed: false, shares: false, cores: 1 });
  vi.unstubAllGlobals();
});

test('Node has what every build is made of', () => {
  vi.stubGlobal('self', {});
  vi.stubGlobal('navigator', { hardwareConcurrency: 2 });
  expect(abilitiesHere()).toMatchObject({ simd: true, allowed: true, shares: true });
  vi.unstubAllGlobals();
});

describe('a build that the address asks for', () => {
  test.each(builds.map(({ name }) => name))('is had where it can be: %s', (name) => {
    expect(chooseBuild(name, able)).toMatchObject({ build: { name }, fault: null });
  });

  test.each([
    [{ ...able, isolated: false }, 'this page is not cross-origin isolated; relaxed is used.'],
    [{ ...able, shares: false }, 'this browser shares no memory between threads; relaxed is used.'],
    [{ ...able, relaxedSimd: false }, 'this browser has no relaxed SIMD; simd-threads is used.'],
    [{ ...able, cores: 1 }, 'this machine runs one thread at a time; relaxed is used.'],
  ])('gives way to the best where it cannot, and one sentence says why', (abilities, why) => {
    expect(chooseBuild('relaxed-threads', abilities).fault).toBe(
      `From this address: engine=relaxed-threads cannot be had, because ${why}`,
    );
  });

  test('gives way to the best where there is none of that name', () => {
    expect(chooseBuild('steam', able)).toMatchObject({
      build: { name: 'relaxed-threads' },
      fault:
        'From this address: engine should be one of relaxed-threads, simd-threads, relaxed, ' +
        'simd, not “steam”; relaxed-threads is used.',
    });
  });
});

test('threads that do not start leave the same build without them', () => {
  const alone = withoutThreads(chooseBuild('simd-threads', able), 'they could not be loaded.');
  expect(alone).toMatchObject({ build: { name: 'simd' }, threads: 1 });
  expect(alone.fault).toMatch(/one thread.*: they could not be loaded\.$/);
});

test('the explanation names the other builds, and what stands in their way', () => {
  const abilities = { ...able, relaxedSimd: false, isolated: false };
  expect(explanationOf(chooseBuild(null, able), able)).toMatch(/: simd-threads, relaxed, simd\.$/);
  expect(explanationOf(chooseBuild(null, abilities), abilities)).toBe(
    'The engine\'s build “simd”; engine=NAME in the address asks for another: relaxed-threads, ' +
      'simd-threads, relaxed. Not all can be had, because this page is not cross-origin ' +
      'isolated, and this browser has no relaxed SIMD.',
  );
});
