import { expect, test } from 'vitest';
import { OwnTime } from '../../web/src/engine/own-time';

test('of two that take turns each counts only what it does itself', async () => {
  let time = 0;
  const world = { now: () => time, turn: () => new Promise<void>((done) => setImmediate(done)) };
  const works = async (own: OwnTime, milliseconds: number): Promise<number> => {
    const began = own.now();
    for (let slice = 0; slice < 5; ++slice) {
      time += milliseconds;
      await own.turn();
    }
    return own.now() - began;
  };
  const took = await Promise.all([works(new OwnTime(world), 20), works(new OwnTime(world), 30)]);
  expect(took).toEqual([100, 150]);
  expect(time).toBe(250);
});
