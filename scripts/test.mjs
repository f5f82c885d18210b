// npm test [-- NAME...]: all tests, or those named; ends with a table.
import { command, Failure } from './lib/failure.mjs';
import { say, seconds } from './lib/step.mjs';
import { setupTests } from './setup.mjs';
import { suites } from './test/suites.mjs';

await command(async () => {
  const chosen = choose(process.argv.slice(2));
  await setupTests();
  const results = [];
  for (const suite of chosen) results.push(await attempt(suite, results));
  report(results);
  if (results.some(({ outcome }) => outcome !== 'passed')) process.exitCode = 1;
});

function choose(names) {
  const unknown = names.find((name) => !suites.some((suite) => suite.name === name));
  if (unknown !== undefined) {
    const known = suites.map(({ name }) => name).join(', ');
    throw new Failure(`There are no tests named "${unknown}"; there are: ${known}.`);
  }
  return names.length === 0 ? suites : suites.filter(({ name }) => names.includes(name));
}

/** Runs one suite, unless one that it builds on has failed. */
async function attempt({ name, what, needs = [], run }, before) {
  const broken = before.find((past) => needs.includes(past.name) && past.outcome !== 'passed');
  if (broken) return { name, what, time: 0, outcome: 'skipped', detail: `needs ${broken.name}` };
  say(`\n${name}: ${what}`);
  const started = performance.now();
  let outcome = 'passed';
  let detail;
  try {
    detail = await run();
  } catch (error) {
    outcome = 'failed';
    say(error instanceof Failure ? error.message : error.stack);
  }
  return { name, what, time: performance.now() - started, outcome, detail };
}

function report(results) {
  console.log();
  for (const { name, what, time, outcome, detail } of results) {
    const columns = [name.padEnd(8), what.padEnd(52), seconds(time).padStart(8), outcome, detail];
    console.log(columns.join('  ').trimEnd());
  }
  const count = (outcome) => results.filter((result) => result.outcome === outcome).length;
  const skipped = count('skipped') > 0 ? `, ${count('skipped')} skipped` : '';
  console.log(`\n${count('passed')} passed, ${count('failed')} failed${skipped}`);
}
