// The results as tables for a terminal.
import { contestants, manyThreads } from './contestants.mjs';
import { median } from './measure.mjs';
import {
  byBackprop,
  curves,
  deepNet,
  depths,
  drawn,
  kernels,
  raceRequest,
  races,
  shapes,
  trainedNets,
  trainingTitle,
} from './plan.mjs';

export class Results {
  #results;

  constructor(results) {
    this.#results = results;
  }

  /** The median of a field of what was asked so; undefined if it was not. */
  median(part, id, request, field) {
    const fits = (result) => result.part === part && result.id === id && asks(result, request);
    return median(this.#results.find(fits), field);
  }

  /** Those who took part in it, in their usual order; peaks are measured beside other things too. */
  contestants(part) {
    const took = this.#results.filter(
      ({ part: of, request }) => of === part && (part === 'peaks' || request.measure !== 'peak'),
    );
    return contestants.filter((one) => took.some(({ id }) => id === one.id));
  }
}

/** Whether the result is of this request, however long it took. */
const asks = (result, request) =>
  Object.entries(request).every(
    ([name, value]) => JSON.stringify(value) === JSON.stringify(result.request[name]),
  );

/** All tables for which there are results. */
export function tables(list) {
  const results = new Results(list);
  const makers = {
    peaks: [peakTable],
    kernels: [kernelTable],
    training: trainedNets.map((net) => (known) => trainingTable(known, net)),
    curves: curves.map((curve) => (known) => curveTable(known, curve)),
    memory: [memoryTable],
    race: [raceTable],
  };
  return Object.entries(makers)
    .filter(([part]) => results.contestants(part).length > 0)
    .flatMap(([, ofPart]) => ofPart.map((make) => make(results)))
    .join('\n\n');
}

function peakTable(results) {
  const rows = results.contestants('peaks').flatMap(({ id, title }) =>
    [128, 256, 512].map((bits) => {
      const peak = results.median('peaks', id, { measure: 'peak', bits }, 'gflops');
      return peak && [title, `${bits} bits`, fixed(peak, 1)];
    }),
  );
  return table('Peak of one thread', ['', 'vectors', 'GFLOP/s'], rows.filter(Boolean), 2);
}

function kernelTable(results) {
  const columns = results.contestants('kernels');
  const least = columns.map(() => Infinity);
  const rows = shapes.flatMap((shape) =>
    kernels.map(({ product, optimiser, title }) => [
      `${shape.rows} x ${shape.inputs} x ${shape.units}`,
      title,
      ...columns.map((contestant, column) => {
        const request = { measure: 'kernel', product, optimiser, ...shape };
        const speed = results.median('kernels', contestant.id, request, 'gflops');
        const share = results.median('kernels', contestant.id, request, 'share');
        least[column] = Math.min(least[column], share);
        return `${fixed(speed, 1)} ${percent(share)}`;
      }),
    ]),
  );
  const head = ['rows x inputs x units', 'product', ...columns.map(({ title }) => title)];
  rows.push(['least', '', ...least.map(percent)]);
  return table('Kernels with packing, one thread: GFLOP/s, share of peak', head, rows, 2);
}

function trainingTable(results, { name, net }) {
  const request = (threads) => ({ measure: 'train', ...net, threads });
  const speed = (id, threads) =>
    results.median('training', id, request(threads), 'images_per_second');
  const lone = (id) => speed(id.replace('-threads', ''), 1);
  const over = (mine, other) => (mine && other ? fixed(mine / other, 2) : '');
  const rows = results.contestants('training').flatMap((contestant) =>
    contestant.threads.map((threads) => {
      const { id, title } = contestant;
      const images = speed(id, threads);
      const gflops = results.median('training', id, request(threads), 'gflops');
      const share = results.median('training', id, request(threads), 'share');
      return [
        title,
        `${threads}`,
        fixed(images, images < 1000 ? 1 : 0),
        gflops ? fixed(gflops, 1) : '',
        share ? percent(share) : '',
        threads > 1 ? over(images, lone(id)) : '',
        over(images, speed('pytorch', manyThreads)),
        over(images, speed('tensorflow', manyThreads)),
      ];
    }),
  );
  const title = `${sentence(trainingTitle(name))}, ${net.batch} images a step, Adam`;
  const head = ['threads', 'images/s', 'GFLOP/s', 'of peak', 'x 1 thread', 'x PyTorch', 'x TF.js'];
  return table(title, ['', ...head], rows);
}

/** Milliseconds a step, a row a value and a column a contestant; undefined where not measured. */
export function stepTimes(results, { values, net }) {
  const columns = results.contestants('curves').filter(({ id }) => drawn.includes(id));
  return columns.map(({ id, title }) => ({
    title,
    points: values.map((value) => {
      const request = { measure: 'train', ...net(value), threads: manyThreads };
      const images = results.median('curves', id, request, 'images_per_second');
      return [value, (1000 * net(value).batch) / images];
    }),
  }));
}

function curveTable(results, curve) {
  const columns = stepTimes(results, curve);
  const rows = curve.values.map((value, row) => [
    `${value}`,
    ...columns.map(({ points }) => fixed(points[row][1], 2)),
  ]);
  const title = `Milliseconds a step by ${curve.name}, ${manyThreads} threads`;
  return table(title, [curve.title, ...columns.map((column) => column.title)], rows);
}

/** Kilobytes of activity by depth: held by us, and what backprop would hold. */
export function activity(results) {
  const [{ id }] = results.contestants('memory');
  const held = (field) =>
    depths.map((depth) => {
      const request = { measure: 'train', ...deepNet(depth), threads: 1 };
      return [depth, results.median('memory', id, request, field) / 1000];
    });
  return [
    { title: 'forward-forward', points: held('activity_bytes') },
    { title: 'backprop', points: held('backprop_bytes') },
  ];
}

function memoryTable(results) {
  const columns = activity(results);
  const rows = depths.map((depth, row) => [
    `${depth}`,
    ...columns.map(({ points }) => fixed(points[row][1], 0)),
  ]);
  const head = ['layers of 500', ...columns.map(({ title }) => title)];
  return table('Activity held at once, kB', head, rows);
}

/** How long each took to come to such an error; in brackets, where that is not enough. */
function raceTable(results) {
  const columns = results
    .contestants('race')
    .flatMap(({ id, title, peer }) =>
      peer
        ? [
            { id, title: `${title}, by layers`, of: (config) => config },
            { id, title: `${title}, backprop`, of: byBackprop },
          ]
        : [{ id, title, of: (config) => config }],
    );
  const rows = races.map(({ error, net, config }) => [
    `${+(100 * error).toFixed(1)} %`,
    net,
    ...columns.map(({ id, of }) => {
      const found = (field) => results.median('race', id, raceRequest(of(config)), field);
      const text = `${fixed(found('seconds'), 1)} s: ${fixed(100 * found('test_error'), 2)} %`;
      return found('test_error') <= error ? text : `(${text})`;
    }),
  ]);
  const title = `Whole runs on MNIST, ${manyThreads} threads: how long, and the test error`;
  return table(title, ['at most', 'net', ...columns.map((column) => column.title)], rows, 2);
}

const sentence = (text) => text[0].toUpperCase() + text.slice(1);
const fixed = (number, digits) => number.toFixed(digits);
const percent = (share) => `${(100 * share).toFixed(0).padStart(3)} %`;

/** The first columns, as many as `texts` says, stand left; the rest right. */
function table(title, head, rows, texts = 1) {
  const cells = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const place = (cell, column) =>
    column < texts ? cell.padEnd(widths[column]) : cell.padStart(widths[column]);
  return [title, '', ...cells.map((row) => row.map(place).join('  ').trimEnd())].join('\n');
}
