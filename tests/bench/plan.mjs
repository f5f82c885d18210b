// What is measured. A group's asks are put in turn, round after round, so that whatever slows the
// machine down for a while slows all of them.
import { manyThreads } from './contestants.mjs';

export const nets = [
  [500, 500],
  [1000, 1000, 1000],
  [2000, 2000, 2000, 2000],
];
export const trainedNets = [nets[0], nets[2]];
export const batch = 100;
const pixels = 784;

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
export const parts = { peaks, kernels: kernelGroups, training, curves: curveGroups, memory };

export const kernelTitle = ({ rows, inputs, units }) => `kernels ${rows} x ${inputs} x ${units}`;
export const trainingTitle = (layers) => `training ${pixels}-${layers.join('-')}`;

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
  const one = (id, layers, threads) => ({
    id,
    request: train({ layers, batch }, threads, seconds),
  });
  return trainedNets.map((layers) => ({
    title: trainingTitle(layers),
    asks: chosen.flatMap(({ id, threads }) => threads.map((count) => one(id, layers, count))),
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

/** One step tells. */
function memory(chosen) {
  const ours = chosen.find(({ peer }) => !peer);
  return depths.map((depth) => ({
    title: `memory of ${depth} layers`,
    once: true,
    asks: ours ? [{ id: ours.id, request: train(deepNet(depth), 1, 0) }] : [],
  }));
}
