import { expect, test } from 'vitest';
import { bytes, count, duration, figure, milliseconds, percent, points } from '../../web/src/text';

/** Units stand behind a narrow no-break space. */
const plain = (text: string): string => text.replaceAll('\u202f', ' ');

test('durations', () => {
  expect([0, 26.4, 59.7, 3599, 3727].map(duration)).toEqual([
    '0:00',
    '0:26',
    '1:00',
    '59:59',
    '1:02:07',
  ]);
  expect(duration(-1)).toBe('0:00');
});

test('shares', () => {
  expect(plain(percent(0.0184))).toBe('1.84 %');
  expect(plain(percent(0.5, 0))).toBe('50 %');
});

test('differences of shares say their sign, unless they round to nothing', () => {
  expect([0.0041, -0.0041, 0, -1e-6].map(points).map(plain)).toEqual([
    '+0.41 points',
    '−0.41 points',
    '0.00 points',
    '0.00 points',
  ]);
});

test('bytes', () => {
  expect([0, 999, 800_000, 1_234_567, 2e9].map(bytes).map(plain)).toEqual([
    '0 B',
    '999 B',
    '800 kB',
    '1.2 MB',
    '2.00 GB',
  ]);
});

test('counts and times', () => {
  expect(count(59999.6)).toBe('60,000');
  expect([0.04, 0.44, 12.3].map(milliseconds).map(plain)).toEqual([
    'under 0.1 ms',
    '0.4 ms',
    '12 ms',
  ]);
});

test('figures of any size', () => {
  expect([0, 0.001, 1e-7, 2.5, 12345.6, 3e8].map((value) => figure(value))).toEqual([
    '0',
    '0.001',
    '1e-7',
    '2.5',
    '12346',
    '3e8',
  ]);
});
