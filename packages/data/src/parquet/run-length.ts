/** Widest codes that are read: dictionaries are pages of a megabyte, so that 24 bits are plenty. */
const widestCode = 24;

/**
 * Reads `count` codes of the hybrid of runs and packed bits that Parquet uses for levels and dictionaries. Every step
 * is checked against the bytes that there are and the room that is left: damaged counts end in an error, not in a loop.
 *
 * @param width bits of a code, at most 24
 * @throws Error when the codes end early
 * Source: Parquet format, Encodings.md, "Run Length Encoding / Bit-Packing Hybrid".
 */
export function decodeRuns(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  out: Int32Array | Uint8Array,
  count: number,
): void {
  if (width > widestCode) throw new Error(`codes of ${width} bits`);
  if (width === 0) {
    out.fill(0, 0, count);
    return;
  }
  let position = start;
  let filled = 0;
  while (filled < count) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      if (position >= end || shift > 28) throw endedEarly(filled, count);
      const byte = bytes[position++]!;
      header |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    const left = count - filled;
    if ((header & 1) === 0) {
      const run = Math.min(header >>> 1, left);
      const size = (width + 7) >> 3;
      if (position + size > end) throw endedEarly(filled, count);
      let value = 0;
      for (let k = 0; k < size; k++) value |= bytes[position++]! << (8 * k);
      out.fill(value, filled, filled + run);
      filled += run;
    } else {
      const packed = (header >>> 1) * 8;
      const used = Math.min(packed, left);
      // Some writers cut off the bytes behind the last value.
      if (position + Math.ceil((used * width) / 8) > end) throw endedEarly(filled, count);
      unpackBits(bytes, position, width, out, filled, used);
      position += (packed / 8) * width;
      filled += used;
    }
  }
}

/** Whether the codes are one run of one value, as the levels of a column without empty cells are. */
export function isOneRun(bytes: Uint8Array, start: number, end: number, value: number, count: number): boolean {
  let header = 0;
  let position = start;
  for (let shift = 0; position < end && shift <= 28; shift += 7) {
    const byte = bytes[position++]!;
    header |= (byte & 0x7f) << shift;
    if (byte < 0x80) return (header & 1) === 0 && header >>> 1 >= count && position < end && bytes[position] === value;
  }
  return false;
}

function unpackBits(
  bytes: Uint8Array,
  start: number,
  width: number,
  out: Int32Array | Uint8Array,
  at: number,
  count: number,
): void {
  const mask = (1 << width) - 1;
  let position = start;
  let buffer = 0;
  let bits = 0;
  for (let k = 0; k < count; k++) {
    while (bits < width) {
      buffer |= bytes[position++]! << bits;
      bits += 8;
    }
    out[at + k] = buffer & mask;
    buffer >>>= width;
    bits -= width;
  }
}

function endedEarly(filled: number, count: number): Error {
  return new Error(`${filled} codes where ${count} were expected`);
}
