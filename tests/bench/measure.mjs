// Puts the questions and keeps the answers.
import { cpus } from 'node:os';
import { say } from '../../scripts/lib/step.mjs';

const pause = 40; // milliseconds for the threads of the one before to fall asleep
const sayEvery = 5000; // milliseconds

/**
 * The results, { part, group, id, request, answers: one a round }, and `disturbed`: the share of the
 * machine that other programs took between turns.
 */
export async function measure(groups, rounds, ask) {
  const results = [];
  const others = new Others();
  const progress = new Progress(groups, rounds);
  for (const { part, title, asks, once } of groups) {
    const ofGroup = asks.map((ask) => ({ part, group: title, ...ask, answers: [] }));
    for (let round = 0; round < (once ? 1 : rounds); ++round) {
      for (const { id, request, answers } of ofGroup) {
        progress.tell(title);
        const started = performance.now();
        await others.watch(() => new Promise((resolve) => setTimeout(resolve, pause)));
        answers.push(await ask(id, request));
        progress.took(request, performance.now() - started);
      }
    }
    results.push(...ofGroup);
  }
  return { results, disturbed: others.share() };
}

/** What the processors did while nobody was asked anything. */
class Others {
  #busy = 0;
  #all = 0;

  async watch(wait) {
    const before = processorTimes();
    await wait();
    const after = processorTimes();
    this.#busy += after.busy - before.busy;
    this.#all += after.all - before.all;
  }

  share() {
    return this.#busy / this.#all;
  }
}

function processorTimes() {
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  const times = cpus().map((processor) => processor.times);
  const all = sum(times.map((time) => sum(Object.values(time))));
  return { busy: all - sum(times.map(({ idle }) => idle)), all };
}

/** Says now and then what is measured and how long the rest will take, judged by what has been. */
class Progress {
  #planned = 0; // milliseconds of all there is to do, of what is done, and what that took
  #done = 0;
  #taken = 0;
  #said = 0;

  constructor(groups, rounds) {
    for (const { asks, once } of groups) {
      for (const { request } of asks) this.#planned += cost(request) * (once ? 1 : rounds);
    }
  }

  tell(title) {
    if (performance.now() - this.#said < sayEvery) return;
    this.#said = performance.now();
    const pace = this.#done === 0 ? 1 : this.#taken / this.#done;
    const left = Math.ceil((pace * (this.#planned - this.#done)) / 1000);
    say(`  ${title}: about ${Math.floor(left / 60)} min ${left % 60} s left`);
  }

  took(request, milliseconds) {
    this.#done += cost(request);
    this.#taken += milliseconds;
  }
}

const aRace = 20; // seconds, more or less

const cost = ({ seconds = aRace }) => 1500 * seconds + pause;

/** The median over rounds of a number in the answers; undefined where nothing was measured. */
export function median(result, field) {
  if (!result) return undefined;
  const values = result.answers.map((answer) => answer[field]).sort((a, b) => a - b);
  const middle = Math.floor(values.length / 2);
  return values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}
