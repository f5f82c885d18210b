/** What teaching must show: three new signs in ten seconds, most new drawings right, digits kept. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomFrom } from '../../web/src/random';
import { prediction } from '../e2e/handwriting';
import { drawSign, drawWith, signNames, signsHash } from '../e2e/signs';
import { isolating, openPage, openSite, type Site } from '../e2e/site';

let site: Site;

beforeAll(async () => {
  site = await openSite({ headers: isolating });
});
afterAll(() => site.close());

const newDrawings = 10;

test.each([[signNames.slice(0, 3)], [signNames.slice(3)]])(
  'twelve drawings of each of %s are taught',
  async (names) => {
    const page = await openPage(site, { query: `#${signsHash(names, 12, 11)}` });
    await page.getByRole('button', { name: 'Teach them' }).click();
    const told = page.getByText(/^Taught in [\d.]+ seconds/);
    await told.waitFor({ timeout: 200_000 });
    const seconds = Number(/[\d.]+/.exec(await told.innerText())![0]);
    const wrong = await Promise.all(
      ['wrong before', 'wrong now'].map(async (title) =>
        Number.parseFloat(
          await page.locator('.figures div', { hasText: title }).locator('dd').innerText(),
        ),
      ),
    );
    const random = randomFrom(500);
    let right = 0;
    for (const name of names) {
      for (let time = 0; time < newDrawings; ++time) {
        await page.getByRole('button', { name: 'Clear', exact: true }).click();
        await drawWith(page, 'Draw a digit', drawSign(name, random));
        right += Number((await prediction(page)).includes(name));
      }
    }
    const of = names.length * newDrawings;
    console.log(
      `${names.join(' ')}: ${right} of ${of} new drawings right, ` +
        `digits wrong ${wrong.join(' % → ')} %, taught in ${seconds} s.`,
    );
    expect(seconds).toBeLessThanOrEqual(10);
    expect(right / of).toBeGreaterThanOrEqual(0.9);
    expect(wrong[1]! - wrong[0]!).toBeLessThanOrEqual(0.3);
    await page.context().close();
  },
  300_000,
);
