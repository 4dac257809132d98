/** A byte of a packed block stands for no more bytes than this: it makes a copy so much longer. */
const mostPacked = 255;

/**
 * Unpacks an LZ4 frame, as pandas and freqtrade pack the buffers of Feather files: blocks, each of which may point back
 * into those before it. Checksums are not compared.
 *
 * Source: the LZ4 frame and block formats 1.6.4. Of libraries, those with frames are native or not kept any more.
 *
 * @throws Error for bytes that are no such frame, or a damaged one
 */
export function unpackLz4Frame(frame: Uint8Array): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 7 || view.getUint32(0, true) !== 0x184d2204) throw new Error('no LZ4 frame');
  const flags = frame[4]!;
  const [hasBlockSums, hasSize, hasDictionary] = [flags & 16, flags & 8, flags & 1];
  if (hasDictionary) throw new Error('an LZ4 frame with a dictionary');
  if (hasSize && frame.length < 15) throw new Error('the LZ4 frame is cut off');
  const size = hasSize ? Number(view.getBigUint64(6, true)) : undefined;
  if (size !== undefined && size > frame.length * mostPacked)
    throw new Error(`an LZ4 frame of ${frame.length} bytes cannot hold the ${size} that it names`);
  const output = new Output(size ?? frame.length * 3);
  let position = hasSize ? 15 : 7;
  for (;;) {
    if (position + 4 > frame.length) throw new Error('the LZ4 frame is cut off');
    const head = view.getUint32(position, true);
    position += 4;
    if (head === 0) return output.bytes(size);
    const end = position + (head & 0x7fffffff);
    if (end > frame.length) throw new Error('a block of the LZ4 frame is cut off');
    const block = frame.subarray(position, end);
    if (head & 0x80000000) output.append(block, 0, block.length);
    else unpackBlock(block, output);
    position = end + (hasBlockSums ? 4 : 0);
  }
}

/** Literals, then a copy of what was written before; again and again. The last has no copy. */
function unpackBlock(block: Uint8Array, output: Output): void {
  let position = 0;
  const length = (nibble: number): number => {
    let sum = nibble;
    for (let more = nibble === 15 ? 255 : 0; more === 255; sum += more) {
      if (position >= block.length) throw new Error('a length in the LZ4 frame is cut off');
      more = block[position++]!;
    }
    return sum;
  };
  while (position < block.length) {
    const token = block[position++]!;
    const literals = length(token >> 4);
    if (position + literals > block.length) throw new Error('the literals of an LZ4 block are cut off');
    output.append(block, position, literals);
    position += literals;
    if (position === block.length) return;
    if (position + 2 > block.length) throw new Error('an LZ4 block is cut off');
    const distance = block[position]! | (block[position + 1]! << 8);
    position += 2;
    output.repeat(distance, 4 + length(token & 15));
  }
}

/** From so many bytes on, `copyWithin` is faster than a loop. */
const longCopy = 64;

/** Bytes that grow. */
class Output {
  #bytes: Uint8Array;
  #length = 0;

  constructor(expected: number) {
    // A size that a damaged frame names is not believed beyond this.
    this.#bytes = new Uint8Array(Math.min(Math.max(expected, 64), 1 << 26));
  }

  append(source: Uint8Array, start: number, length: number): void {
    this.#reserve(length);
    this.#bytes.set(source.subarray(start, start + length), this.#length);
    this.#length += length;
  }

  /** Copies from `distance` bytes back; what it writes it may read again. */
  repeat(distance: number, length: number): void {
    if (distance === 0 || distance > this.#length) throw new Error('an LZ4 block points before its begin');
    this.#reserve(length);
    const bytes = this.#bytes;
    const to = this.#length;
    const from = to - distance;
    this.#length += length;
    if (length < longCopy) {
      for (let k = 0; k < length; k++) bytes[to + k] = bytes[from + k]!;
      return;
    }
    // What has been copied goes on as it began, so that each time there is more to copy at once.
    for (let copied = 0; copied < length; ) {
      const count = Math.min(length - copied, distance + copied);
      bytes.copyWithin(to + copied, from, from + count);
      copied += count;
    }
  }

  bytes(size = this.#length): Uint8Array {
    if (size !== this.#length) throw new Error(`an LZ4 frame names ${size} bytes, but holds ${this.#length}`);
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * (this.#length + more));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
