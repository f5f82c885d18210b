/** Small data sets in MNIST's own format: each label a bright bar in a place of its own, with noise. */
import type { DataSplit } from '../../web/src/engine/data';

const side = 28;

function idx(magic: number, sizes: number[], body: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + sizes.length * 4));
  header.setUint32(0, magic);
  sizes.forEach((size, place) => header.setUint32(4 + place * 4, size));
  return new Uint8Array([...new Uint8Array(header.buffer), ...body]);
}

export function sampleSplit(count: number): DataSplit {
  const images = new Uint8Array(count * side * side);
  const labels = Uint8Array.from({ length: count }, (_, index) => index % 10);
  labels.forEach((label, index) => {
    for (let pixel = 0; pixel < side * side; ++pixel) {
      const row = Math.floor(pixel / side);
      const noise = (pixel * 31 + index * 17) % 40;
      images[index * side * side + pixel] = Math.floor((row - 4) / 2) === label ? 250 : noise;
    }
  });
  return {
    images: idx(0x803, [count, side, side], images),
    labels: idx(0x801, [count], labels),
  };
}
