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

function peaks(chosen, { about, seconds }) {
  const asks = chosen
    .filter(({ peer }) => !peer)
    .flatMap(({ id }) =>
      about[id].widths.map((bits) => ({
        id,
        request: { measure: 'peak', bits, seconds: seconds / 5 },
      })),
    );
  return [{ title: 'peaks', asks }];
}

function kernelGroups(chosen, { seconds }) {
  return shapes.flatMap((shape) =>
    kernels.map(({ product, optimiser, title }) => ({
      title: `kernel ${Object.values(shape).join(' x ')}, ${title}`,
      asks: chosen
        .filter(({ peer }) => !peer)
        .map(({ id }) => ({
          id,
          request: { measure: 'kernel', product, optimiser, ...shape, seconds: seconds / 5 },
        })),
    })),
  );
}

const train = (net, threads, seconds) => ({ measure: 'train', ...net, threads, seconds });

function training(chosen, { seconds }) {
  return trainedNets.map((layers) => ({
    title: `training 784-${layers.join('-')}`,
    asks: chosen.flatMap(({ id, threads }) =>
      threads.map((count) => ({ id, request: train({ layers, batch }, count, seconds) })),
    ),
  }));
}

/** Those whose cost is drawn: the quickest of each kind that is not out of all proportion. */
export const drawn = ['native', 'relaxed-threads', 'pytorch'];

function curveGroups(chosen, { seconds }) {
  return curves.flatMap(({ name, values, net }) =>
    values.map((value) => ({
      title: `cost of ${name} ${value}`,
      asks: chosen
        .filter(({ id }) => drawn.includes(id))
        .map(({ id }) => ({ id, request: train(net(value), manyThreads, seconds / 2) })),
    })),
  );
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
