import { beforeEach, expect, test, vi } from 'vitest';

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
});

test('of what happens within five seconds only the first and the last are said', async () => {
  const { announce, announcement } = await import('../../web/src/status/announce');
  const said: string[] = [];
  announcement.subscribe((text) => said.push(text));
  announce('begins');
  announce('at 10 %');
  announce('at 20 %');
  vi.advanceTimersByTime(4900);
  expect(said).toEqual(['', 'begins']);
  vi.advanceTimersByTime(200);
  expect(said).toEqual(['', 'begins', 'at 20 %']);
  vi.advanceTimersByTime(6000);
  announce('ends');
  expect(said).toEqual(['', 'begins', 'at 20 %', 'ends']);
});
