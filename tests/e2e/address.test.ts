import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digitIn, draw, plain, prediction } from './handwriting';
import { isolating, openPage, openSite, pretrainedThere, type Site } from './site';

let site: Site;

beforeAll(async () => {
  site = await openSite({ headers: isolating });
});
afterAll(() => site.close());

test('the page loads no training data before it is asked to', async () => {
  const context = await site.browser.newContext();
  const page = await context.newPage();
  const asked: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(site.address, { waitUntil: 'commit' });
  await pretrainedThere(page);
  await draw(page, plain(4));
  expect(digitIn(await prediction(page))).toBe(4);
  expect(asked.filter((url) => url.includes('/data/'))).toEqual([]);
  expect(asked.filter((url) => !url.startsWith(site.address))).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

describe('the address', () => {
  test('holds what was changed, and opens the page as it was', async () => {
    const page = await openPage(site);
    const layers = page.getByLabel('Layers', { exact: true });
    await layers.fill('300, 200, 100');
    await layers.press('Enter');
    const threshold = page.getByLabel('Threshold', { exact: true });
    expect(await threshold.count()).toBe(0);
    await page.getByLabel('Objective').selectOption('logistic');
    expect(new URL(page.url()).search).toBe('?layers=300,200,100&objective=logistic');
    await page.reload();
    expect(await layers.inputValue()).toBe('300, 200, 100');
    expect(await threshold.isVisible()).toBe(true);
    await page.context().close();
  });

  test.each([
    ['?learning_rate=fast', /Learning rate should be a number/],
    ['?preset=magic', /preset that does not exist/],
    ['?layers=0,-1', /Layers should be/],
    ['?colour=red', /“colour”, which is no setting/],
    ['?first_counted_layer=9', /First layer counted: expected/],
    ['?engine=steam', /engine should be one of/],
  ])('%s is nonsense: one sentence says so, and the page works', async (query, sentence) => {
    const page = await openPage(site, { query });
    await page.getByRole('alert').getByText(sentence).waitFor();
    expect(await page.getByRole('alert').locator('.notice').count()).toBe(1);
    await draw(page, plain(6));
    expect(digitIn(await prediction(page))).toBe(6);
    await page.context().close();
  });
});

test('a setting that is mistyped says what it takes, and keeps the last good value', async () => {
  const page = await openPage(site);
  const epochs = page.getByLabel('Epochs', { exact: true });
  await epochs.fill('many');
  await epochs.press('Enter');
  await page
    .getByRole('alert')
    .getByText(/Epochs should be a whole number/)
    .waitFor();
  expect(await epochs.getAttribute('aria-invalid')).toBe('true');
  expect(new URL(page.url()).search).toBe('');
  await epochs.fill('3');
  await epochs.press('Enter');
  expect(await epochs.getAttribute('aria-invalid')).toBe('false');
  expect(new URL(page.url()).search).toBe('?epochs=3');
  await page.context().close();
});
