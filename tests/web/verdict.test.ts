import { describe, expect, test } from 'vitest';
import type { Doubt, Reading } from '../../web/src/engine/protocol';
import { inWords, kindOf, labelPixels } from '../../web/src/read/labels';
import { holds, spoken, verdictOf } from '../../web/src/read/verdict';

const digits = Array.from({ length: 10 }, (_, digit) => String(digit));

/** A net that finds 3 best, by 0.5 before 8. */
const reading = (doubt: Doubt | null, classes = digits): Reading => ({
  judge: 'pretrained',
  classes,
  label: 3,
  scores: ['goodness', 'layer'].map((name) => ({
    name,
    title: '',
    layer: 0,
    probabilities: false,
    values: Float32Array.from(classes, (_, label) => ({ 3: 2, 8: 1.5 })[label] ?? 1),
    label: 3,
  })),
  counted: [true],
  once: false,
  inputs: new Float32Array(),
  milliseconds: 0,
  doubt,
});
const doubt = (verdict: Doubt['verdict'], lead = 0.5): Doubt => ({
  lead,
  usual: 0.2,
  score: 5,
  usualScore: 4,
  verdict,
  rival: 8,
});

describe('a verdict', () => {
  test('says how sure the net is, and what is usual', () => {
    expect(verdictOf(reading(doubt('clear')), null)).toEqual({
      kind: 'clear',
      name: '3',
      words: 'clearly',
      lead: 'Leads by 0.50; real digits lead by 0.20 or more.',
      right: null,
    });
    expect(verdictOf(reading(doubt('perhaps')), null).words).toBe('perhaps 3, perhaps 8');
    const none = verdictOf(reading(doubt('none', 0.07)), null);
    expect(none.words).toBe('none of the ten');
    expect(none.lead).toBe('Its best label leads by 0.07; real digits lead by 0.20 or more.');
    const faint = { ...doubt('none'), score: 3 };
    expect(verdictOf(reading(faint), null).lead).toBe(
      'Its best label has goodness 3.00; real digits have 4.00 or more.',
    );
  });

  test('is an answer with its lead where nobody knows what is usual', () => {
    const verdict = verdictOf(reading(null), null);
    expect(verdict).toMatchObject({ kind: 'answer', words: '', lead: 'Leads by 0.50.' });
    expect(holds(verdict)).toBe(true);
  });

  test('holds when it is right, as far as anybody knows', () => {
    const of = (kind: Doubt['verdict'], truth: string | null) =>
      verdictOf(reading(doubt(kind)), truth);
    expect(holds(of('clear', null))).toBe(true);
    expect(holds(of('perhaps', null))).toBe(false);
    expect(holds(of('none', null))).toBe(false);
    expect(of('clear', '3').right).toBe(true);
    expect(holds(of('perhaps', '3'))).toBe(true);
    expect(holds(of('clear', '5'))).toBe(false);
    expect(of('none', '3').right).toBe(false);
  });

  test('is told in a sentence', () => {
    const told = (kind: Doubt['verdict'], truth: string | null = null) =>
      spoken(verdictOf(reading(doubt(kind)), truth), truth);
    expect(told('clear')).toBe('Clearly 3.');
    expect(told('perhaps')).toBe('Perhaps 3, perhaps 8.');
    expect(told('none')).toBe('None of the ten.');
    expect(told('clear', '3')).toBe('Clearly 3. Right: it is labelled 3.');
    expect(told('clear', '5')).toBe('Clearly 3. Wrong: it is labelled 5.');
    expect(spoken(verdictOf(reading(null), null), null)).toBe('It says 3.');
  });
});

describe('labels', () => {
  test('are counted and named in words', () => {
    expect([10, 13].map(inWords)).toEqual(['ten', '13']);
    expect(kindOf(digits)).toBe('digit');
    expect(kindOf(['T-shirt', 'coat'])).toBe('image');
  });

  test('have pixels of their own where they are written into the first ones', () => {
    const inputs = (value: (label: number, pixel: number) => number) =>
      Float32Array.from({ length: 2 * 784 }, (_, place) =>
        value(Math.floor(place / 784), place % 784),
      );
    const classes = ['a', 'b'];
    const pixelsOf = (value: (label: number, pixel: number) => number) =>
      labelPixels({ classes, inputs: inputs(value) });
    expect(pixelsOf((label, pixel) => (label === pixel ? 1 : 0))).toBe(2);
    expect(pixelsOf((label, pixel) => (label === pixel ? 1 : -0.13))).toBe(2);
    expect(pixelsOf(() => 0)).toBe(0);
    expect(pixelsOf((_, pixel) => pixel / 784)).toBe(0);
  });
});
