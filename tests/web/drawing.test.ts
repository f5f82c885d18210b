import { describe, expect, test } from 'vitest';
import {
  begun,
  blank,
  cleared,
  extended,
  partOf,
  undone,
  untouchedDigit,
  visible,
  type Deed,
  type Digit,
  type Drawing,
  type Stroke,
} from '../../web/src/draw/drawing';

const stroke = (x: number): Stroke => ({
  kind: 'stroke',
  points: [{ x, y: 0.5 }],
  width: 0.1,
  erases: false,
});
const digit: Digit = { kind: 'digit', pixels: new Uint8Array(784), index: 3, label: 7, name: '7' };

describe('a drawing', () => {
  test('shows what was drawn since it was cleared', () => {
    expect(visible([stroke(0.1), stroke(0.2)])).toHaveLength(2);
    expect(visible([stroke(0.1), { kind: 'clear' }, stroke(0.2)])).toEqual([stroke(0.2)]);
    expect(visible(cleared([stroke(0.1)]))).toEqual([]);
  });

  test('is not cleared twice', () => {
    const once = cleared([stroke(0.1)]);
    expect(cleared(once)).toBe(once);
    expect(cleared(blank)).toBe(blank);
  });

  test('can be undone step by step, clearing included, down to nothing', () => {
    const deeds: Deed[] = [stroke(0.1), stroke(0.2)];
    const drawing = cleared(deeds);
    expect(undone(drawing)).toEqual(deeds);
    expect(undone(undone(undone(undone(drawing))))).toEqual(blank);
  });

  test('forgets what a pad was begun with long ago, and shows the same', () => {
    let drawing: Drawing = blank;
    for (let time = 0; time < 500; ++time) drawing = begun([...drawing, stroke(time)], digit);
    expect(drawing.length).toBeLessThan(200);
    expect(visible(drawing)).toEqual([digit]);
    expect(visible(undone(undone(drawing)))).toEqual([digit]);
    for (let time = 0; time < 500; ++time) drawing = cleared([...drawing, stroke(time)]);
    expect(drawing.length).toBeLessThan(200);
    expect(visible(drawing)).toEqual([]);
    expect(visible(undone(drawing))).toEqual([stroke(499)]);
  });

  test('goes on with the stroke that was begun', () => {
    const more = extended([stroke(0.1), stroke(0.2)], [{ x: 0.3, y: 0.4 }]);
    expect(more[0]).toEqual(stroke(0.1));
    expect((more[1] as Stroke).points).toEqual([
      { x: 0.2, y: 0.5 },
      { x: 0.3, y: 0.4 },
    ]);
    expect(extended(blank, [{ x: 0, y: 0 }])).toBe(blank);
  });

  test('is covered by a test digit, which is itself until it is drawn on', () => {
    expect(visible([stroke(0.1), digit])).toEqual([digit]);
    expect(untouchedDigit([stroke(0.1), digit])).toBe(digit);
    expect(untouchedDigit([digit, stroke(0.1)])).toBeNull();
    expect(untouchedDigit(cleared([digit]))).toBeNull();
  });
});

test('a part of a stroke is as long as its share of the whole', () => {
  const whole = { ...stroke(0), points: [{ x: 0, y: 0 }, { x: 0.4, y: 0 }, { x: 0.4, y: 0.6 }] };
  const points = (share: number) => (partOf(whole, share)[0] as Stroke | undefined)?.points;
  expect(partOf(whole, 0)).toEqual(blank);
  expect(points(0.2)).toEqual([{ x: 0, y: 0 }, { x: 0.2, y: 0 }]);
  expect(points(0.7)!.at(-1)!.y).toBeCloseTo(0.3);
  expect(points(1)).toEqual(whole.points);
});
