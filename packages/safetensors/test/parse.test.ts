import { describe, expect, it } from 'vitest';
import { type NamedArray, parse, serialize } from '../src/index.ts';
import { assertLittleEndian } from '../src/little-endian.ts';
import { fileOf, refusal } from './refusal.ts';

const weights: NamedArray = { shape: [2], dtype: 'float32', data: Float32Array.of(1, 2) };

describe('parse', () => {
  it('gives views of an aligned file: no copy', () => {
    const bytes = serialize({ weights });
    const data = parse(bytes).tensors.get('weights')!.data;
    expect(data.buffer).toBe(bytes.buffer);
    bytes.set(new Uint8Array(Float32Array.of(9).buffer), data.byteOffset);
    expect(data[0]).toBe(9);
  });

  it('copies a tensor that is not aligned, with the same values', () => {
    const bytes = serialize({ weights });
    const shifted = new Uint8Array(bytes.length + 1).subarray(1);
    shifted.set(bytes);
    const data = parse(shifted).tensors.get('weights')!.data;
    expect(data.buffer).not.toBe(shifted.buffer);
    expect(data).toEqual(Float32Array.of(1, 2));
  });

  it('makes the data once', () => {
    const tensor = parse(serialize({ weights })).tensors.get('weights')!;
    expect(tensor.data).toBe(tensor.data);
  });

  it('does not read data before they are asked for', () => {
    const bytes = serialize({ flag: { shape: [1], dtype: 'bool', data: Uint8Array.of(1) } });
    const file = parse(bytes);
    bytes[bytes.length - 1] = 0;
    expect(file.tensors.get('flag')!.data).toEqual(Uint8Array.of(0));
  });

  it('reads shared memory', () => {
    const bytes = serialize({ weights });
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    expect(parse(shared).tensors.get('weights')!.data).toEqual(Float32Array.of(1, 2));
  });

  it('reads white space and any order of entries, fields and offsets', () => {
    const header = `{ "b" : {"shape":[1], "data_offsets":[1,2],\t"dtype":"I8"} ,\r\n"a":{"dtype":"U8","shape":[ 1 ],"data_offsets":[0, 1]} }  `;
    const file = parse(fileOf(header, Uint8Array.of(7, 255)));
    expect([...file.tensors].map(([name, { dtype, data }]) => [name, dtype, data[0]])).toEqual([
      ['a', 'uint8', 7],
      ['b', 'int8', -1],
    ]);
  });
});

describe('a big-endian machine', () => {
  it('is refused instead of reading reversed bytes', () => {
    assertLittleEndian();
    refusal('safetensors/big-endian', () => assertLittleEndian(new Uint16Array([0x100])));
  });
});

describe('a parsed tensor', () => {
  it('has data whose type follows from its dtype', () => {
    const tensor = parse(serialize({ weights })).tensors.get('weights')!;
    if (tensor.dtype !== 'float32') throw new Error('expected float32');
    const data: Float32Array = tensor.data;
    expect(data).toEqual(Float32Array.of(1, 2));
  });
});
