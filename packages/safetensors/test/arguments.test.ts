import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { parse, SafetensorsError, serialize, serializeStream } from '../src/index.ts';
import { refusal } from './refusal.ts';

const file = serialize({ x: { shape: [3], dtype: 'float32', data: Float32Array.of(1, 2, 3) } });
const array = { shape: [1], dtype: 'uint8', data: new Uint8Array(1) };

/** `file` behind `offset` other bytes, in memory of the given kind. */
function at(offset: number, buffer: ArrayBuffer | SharedArrayBuffer): Uint8Array {
  new Uint8Array(buffer).set(file, offset);
  return new Uint8Array(buffer, offset, file.byteLength);
}
const lengthOf = (offset: number): number => file.byteLength + offset + 5;

describe('parse', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'model.safetensors'],
    ['a number', 7],
    ['a bigint', 7n],
    ['a symbol', Symbol('x')],
    ['a function', () => file],
    ['a promise of bytes', Promise.resolve(file)],
    ['a list of numbers', [...file]],
    ['an ArrayBuffer', file.buffer],
    ['a SharedArrayBuffer', new SharedArrayBuffer(16)],
    ['a DataView', new DataView(file.buffer)],
    ['signed bytes', new Int8Array(file.buffer)],
    ['clamped bytes', new Uint8ClampedArray(file.buffer)],
    ['floats', new Float64Array(4)],
    ['a Blob', new Blob([file])],
    ['an object that claims to be bytes', { [Symbol.toStringTag]: 'Uint8Array', byteLength: 200, buffer: file.buffer }],
    ['an object that inherits from bytes', Object.create(Uint8Array.prototype)],
  ])('refuses %s, and says what to pass', (_, bytes) => {
    const error = refusal('safetensors/invalid-argument', () => parse(bytes as Uint8Array));
    expect(error.message).toMatch(/expected the bytes of a file as a Uint8Array.*; found .*\. (Make|Read) /);
  });

  it.each<[string, Uint8Array]>([
    ['a Buffer', Buffer.from(file)],
    ['an aligned part of a buffer', at(8, new ArrayBuffer(lengthOf(8)))],
    ['a part at an odd place', at(3, new ArrayBuffer(lengthOf(3)))],
    ['a part of a Buffer', Buffer.from(at(5, new ArrayBuffer(lengthOf(5))).buffer).subarray(5, 5 + file.byteLength)],
    ['shared memory', at(0, new SharedArrayBuffer(file.byteLength))],
    ['a part of shared memory at an odd place', at(1, new SharedArrayBuffer(lengthOf(1)))],
    ['bytes of another realm', runInNewContext('Uint8Array.from(bytes)', { bytes: [...file] })],
  ])('reads %s', (_, bytes) => {
    expect([...(parse(bytes).tensors.get('x')!.data as Float32Array)]).toEqual([1, 2, 3]);
  });

  it('says so when the bytes are gone before the data are read', () => {
    const bytes = file.slice();
    const { tensors } = parse(bytes);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    refusal('safetensors/truncated', () => tensors.get('x')!.data);
    refusal('safetensors/truncated', () => parse(bytes));
  });

  it('gives arrays whose data is a property of their own, made once', () => {
    const parsed = parse(file).tensors.get('x')!;
    expect({ ...parsed }.data).toBe(parsed.data);
    expect(Object.keys(parsed)).toEqual(['shape', 'dtype', 'data']);
  });
});

describe('serialize', () => {
  const records = [undefined, null, 'x', 7, [], [array], new Uint8Array(1), () => array];
  const arrays = [undefined, null, 7, 'x', [], {}, { ...array, shape: undefined }, { ...array, shape: '1' }];
  const strange = [
    { ...array, dtype: undefined },
    { ...array, dtype: 7 },
    { ...array, data: { length: 1 } },
  ];
  const claims = { ...array, data: { [Symbol.toStringTag]: 'Uint8Array', length: 1 } };

  it.each(records)('refuses %s instead of a record of arrays', (values) => {
    refusal('safetensors/invalid-argument', () => serialize(values as never));
    if (values !== undefined) refusal('safetensors/invalid-argument', () => serialize({}, values as never));
  });

  it.each([...arrays, ...strange, claims])('refuses %j instead of an array', (value) => {
    expect(() => serialize({ x: value } as never)).toThrow(SafetensorsError);
  });

  it('refuses names that are no texts', () => {
    refusal('safetensors/invalid-name', () => serialize(new Map([[7, array]]) as never));
    refusal('safetensors/invalid-name', () => serialize({}, new Map([[Symbol('x'), '']]) as never));
  });

  it('refuses them as a stream too, before its first chunk', async () => {
    await expect(serializeStream(undefined as never).next()).rejects.toThrow(SafetensorsError);
    await expect(serializeStream({ x: null } as never).next()).rejects.toThrow(SafetensorsError);
  });
});
