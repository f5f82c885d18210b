// Progress goes to standard error, so that standard output holds results only.
import { AsyncLocalStorage } from 'node:async_hooks';

const worthNaming = 1000; // milliseconds: what ends sooner is not mentioned
const sayEvery = 10_000;

const lane = new AsyncLocalStorage();

/** Does the work; meanwhile what it says begins with the name, because others speak as well. */
export const inLane = (name, work) => lane.run(`${name.padEnd(8)} `, work);

export const say = (line) => process.stderr.write(`${lane.getStore() ?? ''}${line}\n`);

export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

/**
 * Names what takes its time, says now and then that it goes on (and how far it is, if `detail`
 * knows), and how long it took.
 */
export async function step(name, work, detail = () => undefined) {
  const started = performance.now();
  const elapsed = () => seconds(performance.now() - started);
  let named = false;
  const begin = setTimeout(() => {
    named = true;
    say(`> ${name}`);
  }, worthNaming);
  const goesOn = setInterval(() => say(`  ${name}: ${elapsed()} ${detail() ?? ''}`.trimEnd()), sayEvery);
  try {
    const value = await work();
    if (named) say(`  ${name}: done in ${elapsed()}`);
    return value;
  } finally {
    clearTimeout(begin);
    clearInterval(goesOn);
  }
}
