/**
 * Unpacks gzip files by the browser's own means.
 *
 * Those take one member with nothing behind it. A gzip file may be several members one after
 * another, and zeros may follow; a browser does not say where a member ends, so the places where it
 * can end are tried.
 */
import { joined } from './joined';

const largest = 128 * 2 ** 20; // bytes, unpacked; MNIST's training images take 45 MiB
const smallestMember = 20; // bytes: a header, an empty block and a trailer
const sizeInTrailer = 4; // bytes, the last ones: the member's size unpacked, modulo 2^32

/** The bytes themselves unless they are a gzip file. Throws a sentence that begins with `name`. */
export async function unpacked(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  const members: Uint8Array[] = [];
  let left = largest;
  let start = 0;
  while (beginsMember(bytes, start)) {
    const member = await unpackMember(bytes, start, left);
    if (!member) throw new Error(`${name} is a gzip file that is truncated, damaged or too large.`);
    members.push(member.contents);
    left -= member.contents.byteLength;
    start = member.next;
  }
  return members.length > 0 ? joined(members) : bytes;
}

interface Member {
  contents: Uint8Array;
  /** Where the next one begins, or the end of the file. */
  next: number;
}

async function unpackMember(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Promise<Member | null> {
  for (const [end, next] of possibleEnds(bytes, start)) {
    const contents = await inflate(bytes.subarray(start, end), limit);
    if (contents) return { contents, next };
  }
  return null;
}

/** Where the member may end that begins at `start`, likely places first, and where it goes on. */
function* possibleEnds(bytes: Uint8Array, start: number): Generator<[end: number, next: number]> {
  const size = bytes.byteLength;
  yield [size, size];
  for (let at = start + smallestMember; at < size; ++at) {
    if (beginsMember(bytes, at)) yield [at, at];
  }
  // Padding begins where only zeros follow, but a member's own last bytes may be zeros too.
  let end = size;
  while (end > start && bytes[end - 1] === 0) --end;
  for (const last = Math.min(end + 8, size - 1); end <= last; ++end) yield [end, size];
}

/** Whether a gzip member begins there. */
export function beginsMember(bytes: Uint8Array, at: number): boolean {
  // 8 is deflate, of the flags that follow the upper three are none.
  return (
    bytes[at] === 0x1f && bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && bytes[at + 3]! < 0x20
  );
}

/** What one whole member unpacks to; null if it is none, or if that is more than `limit` bytes. */
async function inflate(member: Uint8Array, limit: number): Promise<Uint8Array | null> {
  const reader = new Blob([member as BlobPart])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'))
    .getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      size += value.byteLength;
      if (size > limit) {
        await reader.cancel();
        return null;
      }
    }
  } catch {
    return null;
  }
  // Some browsers pass over what follows a member.
  const promised = new DataView(member.buffer, member.byteOffset).getUint32(
    member.byteLength - sizeInTrailer,
    true,
  );
  return promised === size % 2 ** 32 ? joined(parts) : null;
}
