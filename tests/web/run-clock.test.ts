import { expect, test } from 'vitest';
import { RunClock } from '../../web/src/engine/run-clock';

function clockAt(images = 0) {
  const time = { now: 1000 };
  return { time, clock: new RunClock(() => time.now, images) };
}

test('pauses do not count', () => {
  const { time, clock } = clockAt();
  clock.start();
  time.now += 2000;
  clock.stop();
  time.now += 60_000;
  expect(clock.elapsed).toBe(2);
  clock.start();
  time.now += 500;
  expect(clock.elapsed).toBe(2.5);
});

test('the rate is that of the last seconds of training', () => {
  const { clock } = clockAt();
  expect(clock.rate).toBe(0);
  for (let slice = 0; slice < 100; ++slice) clock.trained(100, 10);
  expect(clock.rate).toBe(100);
  for (let slice = 0; slice < 100; ++slice) clock.trained(100, 50);
  expect(clock.rate).toBe(500);
});

test('time left counts tests in, and what an earlier run has done out', () => {
  const { time, clock } = clockAt(1000);
  expect(clock.left(1000, 4000)).toBeNull();
  clock.start();
  time.now += 10_000;
  expect(clock.left(2000, 4000)).toBe(20);
});
