import { describe, expect, test } from 'vitest';
import schema from '../../web/src/generated/schema.json';
import { controlsOf, defaults, type Property } from '../../web/src/settings/schema';
import { changesFrom, fromUrl, toUrl, type Preset } from '../../web/src/settings/url';

const controls = controlsOf(schema as unknown as { properties: Record<string, Property> });
const untold = { title: '', summary: '', watch: '', group: '', published: '' };
const presets: Preset[] = [
  { ...untold, name: 'first', config: {} },
  { ...untold, name: 'second', config: { epochs: 3 } },
];
const read = (query: string) => fromUrl(query, presets, controls);
const write = (state: Parameters<typeof toUrl>[1], query = '') =>
  toUrl(query, state, presets, controls);

describe('the page’s address', () => {
  test('is empty for the page as it opens', () => {
    expect(read('')).toEqual({ preset: 'first', changes: {}, faults: [] });
    expect(write({ preset: 'first', changes: {} })).toBe('');
  });

  test('gives back what it was given', () => {
    const state = {
      preset: 'second',
      changes: { learning_rate: 1e-7, layers: [500, 20], objective: 'logistic' as const, seed: 7 },
    };
    const query = write(state);
    expect(query).toBe('?preset=second&layers=500,20&objective=logistic&learning_rate=1e-7&seed=7');
    expect(read(query)).toEqual({ ...state, faults: [] });
  });

  test('keeps the build of the engine that it asks for', () => {
    expect(read('?engine=simd').faults).toEqual([]);
    expect(write({ preset: 'first', changes: { seed: 3 } }, '?engine=simd')).toBe(
      '?seed=3&engine=simd',
    );
  });

  test('keeps that the page is shown to a room', () => {
    expect(read('?room').faults).toEqual([]);
    expect(write({ preset: 'first', changes: { seed: 3 } }, '?room')).toBe('?seed=3&room=');
  });

  test('says what is wrong in one sentence each, and leaves that at its default', () => {
    const { preset, changes, faults } = read('?preset=none&learning_rate=fast&seed=3&colour=red');
    expect(preset).toBe('first');
    expect(changes).toEqual({ seed: 3 });
    expect(faults).toHaveLength(3);
    expect(faults[0]).toMatch(/preset/);
    expect(faults[1]).toMatch(/Learning rate should be a number from .* not “fast”/);
    expect(faults[2]).toMatch(/“colour”/);
  });

  test('survives anything', () => {
    const nonsense = [
      '?%',
      '?=',
      '?seed',
      '?seed=%F0%9F%98%80',
      `?layers=${'9,'.repeat(9999)}`,
      '?__proto__=1',
    ];
    for (const query of nonsense) expect(read(query).changes, query).toEqual({});
  });
});

test('changes are the settings that differ', () => {
  const base = defaults(controls);
  expect(changesFrom(base, base, controls)).toEqual({});
  expect(changesFrom(base, { ...base, layers: [...base.layers], seed: 99 }, controls)).toEqual({
    seed: 99,
  });
});
