// Progress goes to standard error, so that standard output holds results only.
const sayEvery = 10_000; // milliseconds

export const say = (line) => process.stderr.write(`${line}\n`);

export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

/** Names what begins, says now and then that it goes on, and how long it took. */
export async function step(name, work) {
  const started = performance.now();
  const elapsed = () => seconds(performance.now() - started);
  say(`> ${name}`);
  const still = setInterval(() => say(`  ... ${name}, ${elapsed()} so far`), sayEvery);
  try {
    const value = await work();
    say(`  done in ${elapsed()}`);
    return value;
  } finally {
    clearInterval(still);
  }
}
