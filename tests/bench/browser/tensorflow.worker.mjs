// Forward-forward as a user of TensorFlow.js would write it: what Training of ../program measures.
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { dataFile, serve } from './serve.mjs';

const labelCount = 10;
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

class Training {
  constructor(sizes, batch) {
    this.layers = sizes.map((units, index) => new Layer(sizes[index - 1] ?? 784, units));
    this.batch = batch;
    this.signs = tf.concat([tf.ones([batch]), tf.ones([batch]).neg()]);
    this.order = [];
  }

  step() {
    if (this.order.length < this.batch) {
      this.order = Array.from(tf.util.createShuffledIndices(labels.length));
    }
    const chosen = this.order.splice(-this.batch);
    const truth = chosen.map((image) => labels[image]);
    const wrong = truth.map(
      (label) => (label + 1 + Math.floor(Math.random() * (labelCount - 1))) % labelCount,
    );
    const last = tf.tidy(() => {
      const pixels = tf.gather(images, tf.tensor1d(chosen, 'int32'));
      let rows = tf.concat([embed(pixels, truth), embed(pixels, wrong)]);
      for (const layer of this.layers) {
        const above = layer.learn(rows, this.signs);
        rows.dispose();
        rows = above;
      }
      return rows;
    });
    last.dispose();
  }

  dispose() {
    this.signs.dispose();
    for (const layer of this.layers) layer.dispose();
  }
}

function embed(pixels, labels) {
  const label = tf.oneHot(tf.tensor1d(labels, 'int32'), labelCount).mul(strength);
  return tf.concat([label, pixels], 1);
}

let shape;
let training;

/** The first request about a shape builds its net and makes it warm. */
function train({ layers, batch, seconds }) {
  if (shape !== JSON.stringify([layers, batch])) {
    training?.dispose();
    training = new Training(layers, batch);
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
// All but the pixels that the label takes the place of.
const images = tf.tidy(() => tf.tensor2d(pixels, [labels.length, 784]).slice([0, labelCount]));
serve(answer);
