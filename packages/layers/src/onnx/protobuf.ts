/** The few words of protobuf's encoding that a model file needs. */
export type Message = readonly Uint8Array[];

const encoder = new TextEncoder();

/** A whole number as a base-128 number; negative ones take ten bytes, as int64 does. */
function varint(value: number | bigint): number[] {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return bytes;
}

/** Field of an int32, int64 or enum. */
export const wholeField = (field: number, value: number | bigint): Message => [
  Uint8Array.from([...varint(field << 3), ...varint(value)]),
];

/** Field of a float. */
export function floatField(field: number, value: number): Message {
  const bytes = new DataView(new ArrayBuffer(4));
  bytes.setFloat32(0, value, true);
  return [Uint8Array.from(varint((field << 3) | 5)), new Uint8Array(bytes.buffer)];
}

/** Field of bytes or text. */
export function bytesField(field: number, value: Uint8Array | string): Message {
  const bytes = typeof value === 'string' ? encoder.encode(value) : value;
  return [Uint8Array.from([...varint((field << 3) | 2), ...varint(bytes.length)]), bytes];
}

/** Field of a message. */
export function messageField(field: number, ...parts: readonly Message[]): Message {
  const bytes = parts.flat();
  const length = bytes.reduce((total, part) => total + part.length, 0);
  return [Uint8Array.from([...varint((field << 3) | 2), ...varint(length)]), ...bytes];
}

/** The parts as one array. */
export function joined(...parts: readonly Message[]): Uint8Array {
  const bytes = parts.flat();
  const whole = new Uint8Array(bytes.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of bytes) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
