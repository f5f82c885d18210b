// npm test [-- NAME...]: all tests, or those named; ends with a table.
import { availableParallelism } from 'node:os';
import { command, Failure } from './lib/failure.mjs';
import { atMost } from './lib/once.mjs';
import { inLane, say, seconds } from './lib/step.mjs';
import { setupTests } from './setup.mjs';
import { suites } from './test/suites.mjs';

await command(async () => {
  const chosen = choose(process.argv.slice(2));
  await setupTests();
  const results = await inLanes(chosen);
  report(results);
  if (results.some(({ outcome }) => outcome !== 'passed')) process.exitCode = 1;
});

function choose(names) {
  const unknown = names.find((name) => !suites.some((suite) => suite.name === name));
  if (unknown !== undefined) {
    const known = suites.map(({ name }) => name).join(', ');
    throw new Failure(`There are no tests named "${unknown}"; there are: ${known}.`);
  }
  return names.length === 0
    ? suites.filter(({ asked }) => !asked)
    : suites.filter(({ name }) => names.includes(name));
}

/** As many at once as the machine has cores; a suite waits for those that it builds on. */
function inLanes(chosen) {
  const results = new Map();
  const free = atMost(availableParallelism());
  for (const suite of chosen) {
    results.set(suite.name, inLane(suite.name, () => attempt(suite, results, free)));
  }
  return Promise.all(results.values());
}

async function attempt({ name, what, needs = [], run }, results, free) {
  const before = await Promise.all(needs.map((other) => results.get(other)));
  const broken = before.find((result) => result && result.outcome !== 'passed');
  if (broken) return { name, what, time: 0, outcome: 'skipped', detail: `needs ${broken.name}` };
  return free(() => timed(name, what, run));
}

async function timed(name, what, run) {
  say(what);
  const started = performance.now();
  let outcome = 'passed';
  let detail;
  try {
    detail = await run();
  } catch (error) {
    outcome = 'failed';
    say(error instanceof Failure ? error.message : error.stack);
  }
  const time = performance.now() - started;
  say(`${outcome} after ${seconds(time)}`);
  return { name, what, time, outcome, detail };
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
