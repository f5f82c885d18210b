import { beforeEach, expect, test } from 'vitest';
import { everyImage, everyTenthImage, TestPlan } from '../../web/src/engine/test-plan';

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

test('a fresh net is tested at once, on few images', () => {
  expect(plan.quickIsDue()).toBe(true);
  expect(plan.fullIsDue()).toBe(true);
  expect(plan.quickStride(10_000)).toBe(50);
});

test('quick tests come each second, or leave six sevenths of the time to training', () => {
  tested(everyTenthImage, 1000, 90);
  now += 999;
  expect(plan.quickIsDue()).toBe(false);
  now += 1;
  expect(plan.quickIsDue()).toBe(true);
  tested(everyTenthImage, 1000, 300);
  now += 1999;
  expect(plan.quickIsDue()).toBe(false);
  now += 1;
  expect(plan.quickIsDue()).toBe(true);
});

test('full tests leave three times as long to training', () => {
  tested(everyImage, 10_000, 300);
  now += 999;
  expect(plan.fullIsDue()).toBe(false);
  now += 1;
  expect(plan.fullIsDue()).toBe(true);
});

test.each([
  [400, everyTenthImage],
  [600, 20],
  [1100, 50],
  [9000, 50],
])('after %i ms for a thousand images a quick test takes every %i. image', (took, stride) => {
  tested(everyTenthImage, 1000, took);
  expect(plan.quickStride(10_000)).toBe(stride);
});
