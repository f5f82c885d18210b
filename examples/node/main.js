// node main.js, after `npm install` of the engine's package: teaches a net to tell ten pictures from
// each other, each a bar at its own height among noise, and saves it in bars.safetensors.
import { writeFile } from 'node:fs/promises';
import { start } from 'forward-forward-engine';

const side = 28; // pixels
const classes = 10;

const { engine, build, threads } = await start();
console.log(`build ${build}, threads ${threads}`);

const session = new engine.Session();
session.loadData('train', ...idx(2000));
session.loadData('test', ...idx(500));
session.configure(JSON.stringify({ layers: [100, 100], epochs: 10 }));
while (session.train(1000)) {
  const { epoch, epochs } = session.report();
  console.log(`epoch ${epoch.toFixed(1)} of ${epochs}`);
}
const { images, errors } = session.evaluate('test', 0, 500, 1);
console.log(`wrong about ${errors} of ${images} images`);
console.log(`reads a ${session.classify(bar(3)).label}`);
await writeFile('bars.safetensors', session.save('whole'));
session.delete();

/** Two files as those of MNIST: so many images, and their labels. */
function idx(count) {
  const images = new Uint8Array(16 + count * side * side);
  const labels = new Uint8Array(8 + count);
  images.set(header(3, count, side, side));
  labels.set(header(1, count));
  for (let i = 0; i < count; ++i) {
    images.set(bar(i % classes), 16 + i * side * side);
    labels[8 + i] = i % classes;
  }
  return [images, labels];
}

/** What begins an IDX file of bytes: how many dimensions, and the size of each, big-endian. */
function header(dimensions, ...sizes) {
  return [0, 0, 8, dimensions, ...sizes.flatMap((size) => [0, 0, size >> 8, size & 255])];
}

/** A bar two pixels thick, the lower the higher its label, on noise. */
function bar(label) {
  const top = 4 + 2 * label;
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const row = Math.floor(i / side);
    return row === top || row === top + 1 ? 255 : 100 * Math.random();
  });
}
