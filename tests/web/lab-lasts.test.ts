/** What a run outlasts, what it is fed and judged by, and when it is kept. */
import { beforeEach, describe, expect, test } from 'vitest';
import { Lab, Superseded } from '../../web/src/engine/lab';
import type { Config } from '../../web/src/generated/config';
import {
  config,
  data,
  engine,
  fetchBy,
  kept,
  lab,
  listenAnew,
  makeLab,
  ofType,
  plan,
  report,
  settled,
  state,
  tested,
  until,
} from './lab-bench';

describe('a run under way is untouched by', () => {
  beforeEach(async () => {
    await lab.train(plan({ ...config, epochs: 100_000 }));
    await until(() => expect(report().step).toBeGreaterThan(0));
  });

  const goesOn = async (): Promise<void> => {
    const { step } = report();
    await until(() => expect(report().step).toBeGreaterThan(step));
    expect(state()).toBe('running');
    lab.reset(plan(config));
  };

  test('settings that contradict each other', async () => {
    expect(() => lab.reset(plan({ ...config, first_counted_layer: 9 }))).toThrow(/first.counted.layer/i);
    await goesOn();
  });

  test('a model file that is none, is broken off, or keeps no training state', async () => {
    const post = (): void => undefined;
    const fresh = new Lab(engine, {
      fetchSplit: () => Promise.resolve(data.test!),
      post,
      keep: post,
      turn: () => Promise.resolve(),
      now: () => 0,
    });
    const file = fresh.save();
    for (const bad of [
      new Uint8Array(),
      new Uint8Array(99),
      file.slice(0, file.length / 2),
      file,
    ]) {
      await expect(lab.adopt(bad, plan(config))).rejects.toThrow(/\S+ \S+.*\.$/);
    }
    await goesOn();
  });

  test('data of another set that cannot be had', async () => {
    fetchBy(() => Promise.reject(new Error('train-images could not be fetched.')));
    const other = { ...config, dataset: 'fashion-mnist' as const };
    await expect(lab.adopt(lab.save(), plan(other))).rejects.toThrow('could not be fetched');
    await goesOn();
  });
});

describe('bad data are refused in a sentence, and the next good ones are taken:', () => {
  test.each([
    ['broken off', (file: Uint8Array) => file.slice(0, file.length / 2)],
    ['empty', () => new Uint8Array()],
    ['of another kind', () => new TextEncoder().encode('<!doctype html>')],
  ])('%s', async (_, spoil) => {
    fetchBy((_, split) =>
      Promise.resolve({ ...data[split]!, images: spoil(data[split]!.images) }),
    );
    await expect(lab.train(plan(config))).rejects.toThrow(/train images.*\.$/);
    expect(state()).toBe('fresh');
    fetchBy();
    await lab.train(plan(config));
    await settled('finished');
  });
});

test('of two presses of Train while data are fetched, the second begins a run', async () => {
  const both = [lab.train(plan(config)), lab.train(plan(config))];
  const outcomes = await Promise.allSettled(both);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect((outcomes[0] as PromiseRejectedResult).reason).toBeInstanceOf(Superseded);
  await settled('finished');
  expect(ofType('begun')).toHaveLength(2); // that of the lab itself, and the run's
});

test('a saved run goes on elsewhere where it stood', async () => {
  await lab.step(plan(config));
  await lab.step(plan(config));
  const file = lab.save();
  listenAnew();
  const other = makeLab();
  await other.adopt(file, plan(config));
  expect(state()).toBe('paused');
  expect(report().step).toBe(2);
  await other.train(plan(config));
  await settled('finished');
  await lab.train(plan(config));
  await until(() => expect(lab.net.report().step).toBe(30));
  expect(Buffer.compare(other.save(), lab.save())).toBe(0);
});

test('test digits come one after another, and around', async () => {
  const seen = new Set<number>();
  for (let turn = 0; turn < 50; ++turn) seen.add((await lab.testDigit(turn)).index);
  expect(seen.size).toBe(50);
  const first = await lab.testDigit(0);
  expect((await lab.testDigit(50)).index).toBe(first.index);
  expect(first.name).toBe(String(first.label));
});

describe('images that are held out', () => {
  const held = (): Config => ({ ...config, validation_images: 40 });

  test('judge a net while it learns, and the test images in the end', async () => {
    await lab.train(plan(held()));
    await settled('finished');
    await until(() => expect(ofType('tested').at(-1)?.result.split).toBe('test'));
    const splits = ofType('tested').map(({ result }) => result.split);
    expect(splits.slice(0, -1).every((split) => split === 'validation')).toBe(true);
    expect(ofType('tested').at(-2)!.result).toMatchObject({ full: true, tested: 40 });
    expect(ofType('misread').at(-1)!.misread.split).toBe('test');
  });

  test('give way to the test images when the person asks for them', async () => {
    await lab.step(plan(held()));
    await tested();
    await lab.judge();
    expect(ofType('tested').at(-1)!.result).toMatchObject({ split: 'test', tested: 50 });
  });
});

test('a run whose images are on their way is not lost when settings are chosen meanwhile', async () => {
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  fetchBy((_, split) => arrived.then(() => data[split]!));
  const asked = lab.train(plan({ ...config, epochs: 100_000 }));
  lab.configure(plan({ ...config, layers: [7] }));
  arrive();
  await asked;
  expect(state()).toBe('running');
  expect(ofType('begun').at(-1)!.run.config.layers).toEqual([20, 10]);
  lab.pause();
});

describe('a run is kept', () => {
  test('when it comes to rest, and goes on elsewhere without being fetched before', async () => {
    await lab.train(plan({ ...config, epochs: 100_000 }));
    await until(() => expect(report().step).toBeGreaterThan(3));
    lab.pause();
    await until(() => expect(kept.at(-1)?.record.results.at(-1)?.full).toBe(true));
    const { record, net } = kept.at(-1)!;
    const { step } = record.progress.report!;
    listenAnew();
    fetchBy(() => Promise.reject(new Error('train-images could not be fetched.')));
    const other = makeLab();
    await other.restore(() => Promise.resolve({ run: record, net }), true);
    const { run } = ofType('begun').at(-1)!;
    expect(run).toMatchObject({ id: record.id, name: 'A run', results: record.results });
    expect(state()).toBe('paused');
    expect(report().step).toBe(step);
    await expect(other.train(plan(config))).rejects.toThrow('could not be fetched');
    fetchBy();
    await other.train(plan(config));
    await until(() => expect(report().step).toBeGreaterThan(step));
    other.pause();
  });

  test('when it comes back by itself, too late: what was asked for meanwhile goes on', async () => {
    await lab.step(plan(config));
    lab.reset(plan(config));
    const { record, net } = kept.at(-1)!;
    listenAnew();
    const other = makeLab();
    let read = (): void => undefined;
    const reading = new Promise<void>((resolve) => (read = resolve));
    const coming = other.restore(() => reading.then(() => ({ run: record, net })), true);
    const asked = other.train(plan({ ...config, epochs: 100_000 }));
    read();
    await expect(coming).rejects.toThrow(Superseded);
    await asked;
    expect(state()).toBe('running');
    expect(ofType('begun').at(-1)!.run.id).not.toBe(record.id);
    other.pause();
  });

  test('when a person takes it up while another waits for its images, which gives way', async () => {
    await lab.step(plan(config));
    lab.reset(plan(config));
    const { record, net } = kept.at(-1)!;
    listenAnew();
    const other = makeLab();
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    fetchBy((_, split) => arrived.then(() => data[split]!));
    const asked = other.train(plan(config));
    await other.restore(() => Promise.resolve({ run: record, net }), false);
    const gaveWay = expect(asked).rejects.toThrow(Superseded);
    arrive();
    fetchBy();
    await gaveWay;
    expect(ofType('begun').at(-1)!.run.id).toBe(record.id);
    expect(state()).toBe('paused');
  });

  test('when a fresh net takes its place', async () => {
    await lab.step(plan(config));
    lab.reset(plan({ ...config, layers: [7] }));
    expect(kept.at(-1)!.record).toMatchObject({ config: { layers: [20, 10] } });
    expect(kept.at(-1)!.record.progress.report!.step).toBe(1);
  });

  test('as paused, when a fresh net takes its place while it is under way', async () => {
    await lab.train(plan({ ...config, epochs: 100_000 }));
    await until(() => expect(report().step).toBeGreaterThan(3));
    lab.reset(plan(config));
    expect(kept.at(-1)!.record.progress.state).toBe('paused');
  });

  test('while it goes on, every few seconds', async () => {
    let now = 0;
    const lab = makeLab(() => (now += 10));
    await lab.train(plan({ ...config, epochs: 100_000 }));
    await until(() => expect(kept.length).toBeGreaterThan(2));
    expect(kept.every(({ record }) => record.progress.state === 'running')).toBe(true);
    lab.pause();
  });

  test('in less space once it is finished', async () => {
    await lab.step(plan(config));
    const size = lab.save().length;
    await lab.train(plan(config));
    await settled('finished');
    await until(() => expect(kept.length).toBeGreaterThan(0));
    expect(kept.at(-1)!.net.length).toBeLessThan(size / 3);
  });
});
