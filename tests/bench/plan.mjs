// What is measured. A group's asks are put in turn, round after round, so that whatever slows the
// machine down for a while slows all of them.
import { manyThreads } from './contestants.mjs';

const pixels = 784;
const convolutions = (...channels) => channels.map((count) => `conv 3x3x${count} padding 1 mean 2`);

export const nets = [
  [500, 500],
  [1000, 1000, 1000],
  [2000, 2000, 2000, 2000],
];
export const batch = 100;

/** Whole nets that learn: by pairs of images, and by a goodness for every class (Mono-Forward). */
export const trainedNets = [
  ...[nets[0], nets[2]].map((layers) => ({
    name: `${pixels}-${layers.join('-')}`,
    net: { layers, batch },
  })),
  {
    name: 'four convolutions',
    net: {
      rule: 'class_goodness',
      layers: convolutions(64, 128, 256, 512),
      batch,
    },
  },
];

export const kernels = [
  { product: 'forward', optimiser: 'adam', title: 'forward' },
  { product: 'update', optimiser: 'adam', title: 'update, Adam' },
  { product: 'update', optimiser: 'sgd', title: 'update, SGD' },
];

/** Of the nets' layers: the first sees each image once, later ones a positive and a negative. */
export const shapes = nets.flatMap(([units]) => [
  { rows: batch, inputs: pixels, units },
  { rows: 2 * batch, inputs: units, units },
]);

const classGoodness = {
  rule: 'class_goodness',
  normalisation: 'batch',
  sharpness: 1,
  decay: 'cosine',
  decay_start: 0,
};
const small = { layers: convolutions(16, 48, 96), first_counted_layer: 2, batch: 64 };
const large = { layers: convolutions(32, 64, 128), first_counted_layer: 2, batch: 64 };
const dense = { layers: [500, 500], first_counted_layer: 1, batch: 64 };
const slow = { learning_rate: 0.002, softmax_rate: 0.002 };
const quick = { learning_rate: 0.004, softmax_rate: 0.002 };

/** Whole runs, the shortest found by held-out images that come to such a share of wrong answers. */
export const races = [
  { error: 0.02, net: 'dense', config: { ...dense, ...slow, epochs: 3 } },
  {
    error: 0.02,
    net: 'convolutions',
    config: { ...small, ...quick, batch: 32, train_images: 12_000, epochs: 1 },
  },
  { error: 0.01, net: 'convolutions', config: { ...small, ...quick, epochs: 1 } },
  { error: 0.006, net: 'convolutions', config: { ...small, ...quick, shift: 2, epochs: 4 } },
  { error: 0.005, net: 'convolutions', config: { ...large, ...quick, shift: 2, epochs: 10 } },
].map(({ config, ...race }) => ({ ...race, config: { ...classGoodness, ...config } }));

/** Each varies one thing about a net of two layers of 500. */
export const curves = [
  {
    name: 'width',
    title: 'units a layer',
    values: [250, 500, 1000, 2000],
    net: (units) => ({ layers: [units, units], batch }),
  },
  {
    name: 'depth',
    title: 'layers of 500',
    values: [1, 2, 4, 8],
    net: (depth) => ({ layers: Array(depth).fill(500), batch }),
  },
  {
    name: 'batch',
    title: 'images a batch',
    values: [25, 50, 100, 200, 400],
    net: (images) => ({ layers: nets[0], batch: images }),
  },
];

export const depths = [2, 5, 10, 20];
export const deepNet = (depth) => ({ layers: Array(depth).fill(500), batch });

/** The parts of a whole, each a list of groups: { title, asks: [{ id, request }] }. */
export const parts = {
  peaks,
  kernels: kernelGroups,
  training,
  curves: curveGroups,
  memory,
  race,
};

export const kernelTitle = ({ rows, inputs, units }) => `kernels ${rows} x ${inputs} x ${units}`;
export const trainingTitle = (name) => `training ${name}`;

const peak = (bits, seconds) => ({ measure: 'peak', bits, seconds: seconds / 5 });
const train = (net, threads, seconds) => ({ measure: 'train', ...net, threads, seconds });

function peaks(chosen, { about, seconds }) {
  const asks = chosen
    .filter(({ peer }) => !peer)
    .flatMap(({ id }) => about[id].widths.map((bits) => ({ id, request: peak(bits, seconds) })));
  return [{ title: 'peaks', asks }];
}

function kernelGroups(chosen, { seconds: whole }) {
  const seconds = whole / 5;
  const ours = chosen.filter(({ peer }) => !peer);
  return shapes.map((shape) => ({
    title: kernelTitle(shape),
    asks: kernels.flatMap(({ product, optimiser }) =>
      ours.map(({ id }) => ({
        id,
        request: { measure: 'kernel', product, optimiser, ...shape, seconds },
      })),
    ),
  }));
}

function training(chosen, { seconds }) {
  return trainedNets.map(({ name, net }) => ({
    title: trainingTitle(name),
    asks: chosen.flatMap(({ id, threads }) =>
      threads.map((count) => ({ id, request: train(net, count, seconds) })),
    ),
  }));
}

/** Those whose cost is drawn: the quickest of each kind that is not out of all proportion. */
export const drawn = ['native', 'relaxed-threads', 'pytorch'];

function curveGroups(chosen, { seconds }) {
  const nets = curves.flatMap(({ values, net }) => values.map(net));
  const once = [...new Map(nets.map((net) => [JSON.stringify(net), net])).values()];
  return once.map((net) => ({
    title: `cost of ${net.layers.join('-')}, ${net.batch} images`,
    asks: chosen
      .filter(({ id }) => drawn.includes(id))
      .map(({ id }) => ({ id, request: train(net, manyThreads, seconds / 2) })),
  }));
}

/** By backprop the same net has one loss, of its last layer. */
export const byBackprop = (config) => ({ ...config, span: config.layers.length });

export const raceRequest = (config) => ({ measure: 'race', config, threads: manyThreads });

export const raceTitle = ({ error, net }) => `race to ${percent(error)}, ${net}`;
const percent = (share) => `${+(100 * share).toFixed(1)} %`;

/** Who takes part: whatever is quickest of each kind. */
function race(chosen) {
  const runners = chosen.filter(({ id }) => drawn.includes(id));
  return races.map((one) => ({
    title: raceTitle(one),
    once: true,
    asks: runners.flatMap(({ id, peer }) =>
      [one.config, ...(peer ? [byBackprop(one.config)] : [])].map((config) => ({
        id,
        request: raceRequest(config),
      })),
    ),
  }));
}

/** One step tells. */
function memory(chosen) {
  const ours = chosen.find(({ peer }) => !peer);
  return depths.map((depth) => ({
    title: `memory of ${depth} layers`,
    once: true,
    asks: ours ? [{ id: ours.id, request: train(deepNet(depth), 1, 0) }] : [],
  }));
}
