/**
 * The few field kinds that event files need, as the wire format of Protocol Buffers 3 has them. A message is a list of
 * fields; a field with the default value of its kind is absent, unless it is a member of a `oneof` (`always`).
 */
export type Field = Uint8Array;

const varintWire = 0;
const doubleWire = 1;
const bytesWire = 2;
const floatWire = 5;

/** Whole numbers from 0 to 2^53 − 1: enums, counts, steps, booleans. */
export function integerField(field: number, value: number, always = false): Field {
  return value === 0 && !always ? absent() : join([key(field, varintWire), varint(value)]);
}

export function doubleField(field: number, value: number, always = false): Field {
  return Object.is(value, 0) && !always ? absent() : join([key(field, doubleWire), doubles([value])]);
}

/** A list of doubles in one field. */
export function doublesField(field: number, values: readonly number[]): Field {
  return values.length === 0 ? absent() : bytesField(field, doubles(values));
}

/** A member of a `oneof`, so zero is written too. */
export function floatField(field: number, value: number): Field {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return join([key(field, floatWire), bytes]);
}

/** Bytes, or a message made by `join`: written even when empty, as a present message is. */
export function bytesField(field: number, bytes: Uint8Array): Field {
  return join([key(field, bytesWire), varint(bytes.length), bytes]);
}

export function textField(field: number, text: string, always = false): Field {
  return text === '' && !always ? absent() : bytesField(field, new TextEncoder().encode(text));
}

/** A message within a message. */
export function messageField(field: number, fields: readonly Field[]): Field {
  return bytesField(field, join(fields));
}

/** Fields one after another: a message. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function absent(): Field {
  return new Uint8Array();
}

function key(field: number, wire: number): Uint8Array {
  return varint(field * 8 + wire);
}

/** Arithmetic instead of shifts, which would stop at 32 bits. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

function doubles(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) view.setFloat64(index * 8, value, true);
  return bytes;
}
