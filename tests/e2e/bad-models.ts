/** Model files that must be refused, made from a good one. */

/** A safetensors file: the header's length, the header as JSON, the numbers. */
function withHeader(header: unknown, numbers: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const file = new Uint8Array(8 + text.length + numbers.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  file.set(numbers, 8 + text.length);
  return file;
}

type Header = Record<string, { shape: number[]; data_offsets: [number, number] }>;

export function badModels(good: Uint8Array): { name: string; bytes: Uint8Array }[] {
  const view = new DataView(good.buffer, good.byteOffset, good.byteLength);
  const end = 8 + Number(view.getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(good.subarray(8, end))) as Header;
  const numbers = good.subarray(end);
  const weight = Object.keys(header).find(
    (name) => name !== '__metadata__' && header[name]!.shape.length === 2,
  )!;
  const changed = (change: Partial<Header[string]>): Uint8Array =>
    withHeader({ ...header, [weight]: { ...header[weight]!, ...change } }, numbers);
  const hugeHeader = good.slice();
  new DataView(hugeHeader.buffer).setBigUint64(0, 1n << 60n, true);
  return [
    { name: 'empty', bytes: new Uint8Array() },
    { name: 'another-kind', bytes: new TextEncoder().encode('<!doctype html><p>not a model</p>') },
    { name: 'broken-off', bytes: good.slice(0, good.length / 2) },
    { name: 'huge-header', bytes: hugeHeader },
    { name: 'offsets-out-of-range', bytes: changed({ data_offsets: [0, 1e12] }) },
    { name: 'wrong-shape', bytes: changed({ shape: [3, 5] }) },
  ];
}
