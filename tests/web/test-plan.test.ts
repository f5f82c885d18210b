import { beforeEach, expect, test } from 'vitest';
import { everyImage, TestPlan } from '../../web/src/engine/test-plan';

const everyTenth = 10;
let now: number;
let plan: TestPlan;
beforeEach(() => {
  now = 0;
  plan = new TestPlan(() => now);
});

function tested(stride: number, images: number, milliseconds: number): void {
  const began = now;
  now += milliseconds;
  plan.tested(began, stride, images);
}

/** Milliseconds until it is due. */
function wait(isDue: () => boolean): number {
  const from = now;
  while (!isDue()) now += 1;
  return now - from;
}

test('a fresh net is tested at once, on few images', () => {
  expect(wait(() => plan.quickIsDue())).toBe(0);
  expect(wait(() => plan.fullIsDue())).toBe(0);
  expect(plan.quickStride(10_000)).toBe(50);
});

test('quick tests come each second, or leave six sevenths of the time to training', () => {
  tested(everyTenth, 1000, 90);
  expect(wait(() => plan.quickIsDue())).toBe(1000);
  tested(everyTenth, 1000, 300);
  expect(wait(() => plan.quickIsDue())).toBe(2000);
});

test('full tests leave three times as long to training', () => {
  tested(everyImage, 10_000, 300);
  expect(wait(() => plan.fullIsDue())).toBe(1000);
});

test.each([
  [400, everyTenth],
  [600, 20],
  [1100, 50],
  [9000, 50],
])('after %i ms for a thousand images a quick test takes every %i. image', (took, stride) => {
  tested(everyTenth, 1000, took);
  expect(plan.quickStride(10_000)).toBe(stride);
});
