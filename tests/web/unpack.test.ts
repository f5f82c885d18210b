import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { unpacked } from '../../web/src/engine/unpack';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const noise = Uint8Array.from({ length: 3000 }, (_, index) => (index * index * 31) >> 7);
const texts = [bytesOf('goodness'), noise, new Uint8Array(), bytesOf('more')];
const joined = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const times = (count: number, part: Uint8Array) => Array.from({ length: count }, () => part);
const { Z_SYNC_FLUSH } = constants;
const unpack = (bytes: Uint8Array): Promise<Uint8Array> => unpacked(bytes, 'file.gz');
const sentence = 'file.gz is a gzip file that is truncated, damaged or too large.';

test('what is no gzip file stays as it is', async () => {
  for (const bytes of [...texts, Uint8Array.of(0x1f), Uint8Array.of(0x1f, 0x8b, 7, 0)]) {
    expect(await unpack(bytes)).toBe(bytes);
  }
});

describe('a gzip file', () => {
  test('of one member unpacks', async () => {
    for (const text of texts) expect(await unpack(gzipSync(text))).toEqual(text);
  });

  test('of several members unpacks to all of them', async () => {
    const packed = joined(...texts.map((text) => gzipSync(text)));
    expect(await unpack(packed)).toEqual(joined(...texts));
  });

  test('may hold what looks like the beginning of a member', async () => {
    const decoy = joined(...times(5, Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3)));
    const packed = joined(gzipSync(decoy, { level: 0 }), gzipSync(decoy, { level: 0 }));
    expect(await unpack(packed)).toEqual(joined(decoy, decoy));
  });

  test.each([1, 3, 4, 512, 4096])('may have %i zeros behind it', async (zeros) => {
    const padding = new Uint8Array(zeros);
    for (const text of texts) {
      expect(await unpack(joined(gzipSync(text), padding))).toEqual(text);
      expect(await unpack(joined(gzipSync(text), gzipSync(noise), padding))).toEqual(
        joined(text, noise),
      );
    }
  });

  test('that is cut anywhere is refused', async () => {
    const packed = gzipSync(bytesOf('goodness goodness'));
    for (let size = 4; size < packed.length; ++size) {
      await expect(unpack(packed.subarray(0, size)), `${size} bytes`).rejects.toThrow(sentence);
    }
    const two = joined(gzipSync(noise), gzipSync(noise));
    await expect(unpack(two.subarray(0, -1))).rejects.toThrow(sentence);
  });

  test('that is damaged is refused', async () => {
    const packed = gzipSync(noise);
    packed[packed.length >> 1]! ^= 1;
    await expect(unpack(packed)).rejects.toThrow(sentence);
  });

  test('of more than 128 MiB is refused', async () => {
    const header = gzipSync('').subarray(0, 10);
    const mebibyte = deflateRawSync(new Uint8Array(2 ** 20), { finishFlush: Z_SYNC_FLUSH });
    await expect(unpack(joined(header, ...times(129, mebibyte)))).rejects.toThrow(sentence);
  });
});
