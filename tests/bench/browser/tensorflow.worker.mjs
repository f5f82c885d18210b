// Forward-forward as a user of TensorFlow.js would write it: what Training of ../program measures.
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { dataFile, serve } from './serve.mjs';

const labelCount = 10;
const side = 28;
const strength = 5;
const learningRate = 0.001;
const threads = Number(new URL(self.location).searchParams.get('threads'));

class Layer {
  constructor(inputs, units) {
    this.units = units;
    this.weights = tf.variable(tf.randomNormal([inputs, units], 0, 1 / Math.sqrt(inputs)));
    this.bias = tf.variable(tf.zeros([units]));
    this.optimiser = tf.train.adam(learningRate);
  }

  /** Learns by itself to have a large sum of squares for positives only. */
  learn(rows, signs) {
    const direction = rows.mul(rows.square().mean(1, true).add(1e-8).rsqrt());
    let activity;
    const { grads } = tf.variableGrads(() => {
      activity = tf.keep(tf.relu(direction.matMul(this.weights).add(this.bias)));
      const goodness = activity.square().sum(1);
      return tf.softplus(signs.mul(tf.scalar(this.units).sub(goodness))).mean();
    }, [this.weights, this.bias]);
    this.optimiser.applyGradients(grads);
    return activity;
  }

  dispose() {
    for (const held of [this.weights, this.bias, this.optimiser]) held.dispose();
  }
}

/** A positive and a negative of every image; layers by their numbers of units. */
class Pairs {
  constructor(sizes, batch) {
    this.layers = sizes.map((units, index) => new Layer(sizes[index - 1] ?? side * side, units));
    this.signs = tf.concat([tf.ones([batch]), tf.ones([batch]).neg()]);
  }

  learn(pictures, truth) {
    const wrong = truth.map(
      (label) => (label + 1 + Math.floor(Math.random() * (labelCount - 1))) % labelCount,
    );
    const seen = pictures.slice([0, labelCount]); // what the label leaves
    climb(this.layers, tf.concat([embed(seen, truth), embed(seen, wrong)]), this.signs);
  }

  dispose() {
    for (const held of [this.signs, ...this.layers]) held.dispose();
  }
}

/**
 * Learns by itself to have the largest goodness for the right class, by a projection it learns. Its
 * filters are multiplied with all that they see, because the WebAssembly backend has no gradient of
 * a convolution's filters.
 */
class Convolution {
  constructor(text, below, size) {
    const [, channels] = /^conv 3x3x(\d+) padding 1 mean 2$/.exec(text) ?? [];
    if (!channels) throw new Error(`layers: expected "conv 3x3xN padding 1 mean 2", got "${text}".`);
    Object.assign(this, { channels: Number(channels), size, outputs: (size >> 1) ** 2 * channels });
    const random = (inputs, units) =>
      tf.variable(tf.randomNormal([inputs, units], 0, 1 / Math.sqrt(inputs)));
    this.filters = random(9 * below, this.channels);
    this.bias = tf.variable(tf.zeros([this.channels]));
    this.projection = random(this.outputs, labelCount);
    this.optimiser = tf.train.adam(learningRate);
  }

  learn(maps, truth) {
    const seen = patches(maps);
    let passed;
    const { grads } = tf.variableGrads(() => {
      const units = tf.relu(seen.matMul(this.filters).add(this.bias));
      const pooled = units.reshape([-1, this.size, this.size, this.channels]).avgPool(2, 2, 'valid');
      const { mean, variance } = tf.moments(pooled, [0, 1, 2]);
      passed = tf.keep(pooled.sub(mean).mul(variance.add(1e-5).rsqrt()));
      const goodness = passed.reshape([-1, this.outputs]).matMul(this.projection);
      return truth.mul(tf.logSoftmax(goodness)).sum(1).mean().neg();
    }, [this.filters, this.bias, this.projection]);
    this.optimiser.applyGradients(grads);
    return passed;
  }

  dispose() {
    for (const held of [this.filters, this.bias, this.projection, this.optimiser]) held.dispose();
  }
}

/** [images x places, 9 x channels] what each 3 x 3 field sees. */
function patches(maps) {
  const [images, height, width, channels] = maps.shape;
  const padded = tf.pad(maps, [[0, 0], [1, 1], [1, 1], [0, 0]]);
  const parts = Array.from({ length: 9 }, (_, place) =>
    padded.slice([0, Math.floor(place / 3), place % 3, 0], [images, height, width, channels]),
  );
  return tf.concat(parts, 3).reshape([-1, 9 * channels]);
}

/** A goodness for every class of each image; layers by their texts. */
class Classes {
  constructor(texts) {
    this.layers = [];
    for (const text of texts) {
      const below = this.layers.at(-1) ?? { channels: 1, size: 2 * side };
      this.layers.push(new Convolution(text, below.channels, below.size >> 1));
    }
  }

  learn(pictures, labels) {
    const truth = tf.oneHot(tf.tensor1d(labels, 'int32'), labelCount).cast('float32');
    climb(this.layers, pictures.reshape([-1, side, side, 1]), truth);
  }

  dispose() {
    for (const layer of this.layers) layer.dispose();
  }
}

/** Each layer learns, and gives the next one what it makes of the rows. */
function climb(layers, rows, truth) {
  for (const layer of layers) {
    const above = layer.learn(rows, truth);
    rows.dispose();
    rows = above;
  }
  rows.dispose();
}

class Training {
  constructor(layers, batch, rule) {
    this.net = rule === undefined ? new Pairs(layers, batch) : new Classes(layers);
    this.batch = batch;
    this.order = [];
  }

  step() {
    if (this.order.length < this.batch) {
      this.order = Array.from(tf.util.createShuffledIndices(labels.length));
    }
    const chosen = this.order.splice(-this.batch);
    const truth = chosen.map((image) => labels[image]);
    tf.tidy(() => this.net.learn(tf.gather(images, tf.tensor1d(chosen, 'int32')), truth));
  }

  dispose() {
    this.net.dispose();
  }
}

function embed(pixels, labels) {
  const label = tf.oneHot(tf.tensor1d(labels, 'int32'), labelCount).mul(strength);
  return tf.concat([label, pixels], 1);
}

let shape;
let training;

/** The first request about a shape builds its net and makes it warm. */
function train({ layers, batch, rule, seconds }) {
  if (shape !== JSON.stringify([layers, batch])) {
    training?.dispose();
    training = new Training(layers, batch, rule);
    training.step();
    shape = JSON.stringify([layers, batch]);
  }
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  let steps = 0;
  do {
    training.step();
    ++steps;
  } while (elapsed() < seconds);
  return { images_per_second: (steps * batch) / elapsed(), steps };
}

function measure(request) {
  if (request.measure === 'machine') return { version: tf.version_core };
  if (request.measure !== 'train') throw new Error('measure: expected machine or train.');
  if (request.threads !== threads) throw new Error(`threads: expected ${threads}.`);
  return train(request);
}

function answer(request) {
  try {
    return JSON.stringify(measure(JSON.parse(request)));
  } catch (error) {
    return JSON.stringify({ error: error.message });
  }
}

/** What an IDX file holds after its header. */
async function idx(name, header) {
  const response = await dataFile(name);
  return new Uint8Array(await response.arrayBuffer()).subarray(header);
}

// It takes no more than half of the processors it sees, as if each pair of them were one core.
Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 * threads });
setWasmPaths('/tensorflow/');
setThreadsCount(threads);
await tf.setBackend('wasm');
if (getThreadsCount() !== threads) throw new Error('TensorFlow.js has no threads here.');
const labels = await idx('train-labels-idx1', 8);
const pixels = Float32Array.from(await idx('train-images-idx3', 16), (pixel) => pixel / 255);
const images = tf.tensor2d(pixels, [labels.length, side * side]);
serve(answer);
