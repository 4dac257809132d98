import { describe, expect, it } from 'vitest';
import { type Metadata, type NamedArray, parse, SafetensorsError, serialize, serializeStream } from '../src/index.ts';
import { refusal } from './refusal.ts';

const bytes = (length: number): NamedArray => ({ shape: [length], dtype: 'uint8', data: new Uint8Array(length) });

describe('serialize', () => {
  it('accepts a record or a map, and gives the same file', () => {
    const arrays = { b: bytes(1), a: bytes(2) };
    expect(serialize(new Map(Object.entries(arrays)))).toEqual(serialize(arrays));
  });

  it('writes metadata in the order of a map', () => {
    const metadata = new Map(Object.entries({ z: '1', a: '2' }).concat([['1', '3']]));
    expect([...parse(serialize({}, metadata)).metadata!.keys()]).toEqual(['z', 'a', '1']);
  });

  it('writes a part of a larger buffer, and only that', () => {
    const data = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    expect(parse(serialize({ x: { shape: [2], dtype: 'float32', data } })).tensors.get('x')!.data).toEqual(
      Float32Array.of(2, 3),
    );
  });

  it('shares no memory with its arguments', () => {
    const data = Uint8Array.of(1);
    const file = serialize({ x: { shape: [1], dtype: 'uint8', data } });
    data[0] = 2;
    expect(file.at(-1)).toBe(1);
  });

  it('begins the data at a multiple of 8 bytes for every length of header', () => {
    for (let length = 0; length < 9; length += 1) {
      const file = serialize({ ['n'.repeat(length)]: { shape: [1], dtype: 'float64', data: Float64Array.of(1) } });
      expect(new DataView(file.buffer).getBigUint64(0, true) % 8n).toBe(0n);
    }
  });
});

describe('serialize refuses', () => {
  it.each([
    ['a shape that disagrees with the data', 'safetensors/data-mismatch', { ...bytes(2), shape: [3] }],
    ['an array of another type', 'safetensors/data-mismatch', { ...bytes(2), dtype: 'int8' }],
    [
      'half precision as floats',
      'safetensors/data-mismatch',
      { shape: [1], dtype: 'float16', data: new Float32Array(1) },
    ],
    ['plain arrays', 'safetensors/data-mismatch', { shape: [1], dtype: 'float32', data: [1] as never }],
    ['missing data', 'safetensors/data-mismatch', { shape: [1], dtype: 'float32', data: undefined as never }],
    ['a negative size', 'safetensors/invalid-shape', { ...bytes(2), shape: [-1, -2] }],
    ['minus zero', 'safetensors/invalid-shape', { ...bytes(0), shape: [-0] }],
    ['a fractional size', 'safetensors/invalid-shape', { ...bytes(2), shape: [0.5, 4] }],
    ['an unknown type', 'safetensors/unknown-dtype', { ...bytes(2), dtype: 'complex64' }],
    ['a boolean of 2', 'safetensors/invalid-boolean', { shape: [1], dtype: 'bool', data: Uint8Array.of(2) }],
  ] as const)('%s: %s', (_, code, array) => {
    expect(refusal(code, () => serialize({ x: array })).details['tensor']).toBe('x');
  });

  it.each([
    ['the reserved name', 'safetensors/invalid-name', { __metadata__: bytes(1) }, undefined],
    ['half a surrogate pair in a name', 'safetensors/invalid-name', { 'a\ud83d': bytes(1) }, undefined],
    ['half a surrogate pair in metadata', 'safetensors/invalid-name', {}, { k: '\ude00' }],
    ['metadata that are not texts', 'safetensors/invalid-metadata', {}, { k: 1 as unknown as string }],
    ['a header above the limit', 'safetensors/header-too-large', {}, { k: 'x'.repeat(100_000_000) }],
  ] as const)('%s: %s', (_, code, arrays, metadata: Metadata | undefined) => {
    refusal(code, () => serialize(arrays, metadata));
  });
});

describe('serializeStream', () => {
  it('asks for each tensor when its turn comes, and yields views of it', async () => {
    const order: string[] = [];
    const source = (name: string) => ({
      shape: [1],
      dtype: 'uint8',
      data: async () => {
        order.push(`read ${name}`);
        return Uint8Array.of(1);
      },
    });
    const kept = Float32Array.of(1);
    const chunks = serializeStream({ b: source('b'), a: source('a'), c: { shape: [1], dtype: 'float32', data: kept } });
    for await (const chunk of chunks) order.push(chunk.buffer === kept.buffer ? 'view of c' : `chunk ${chunk.length}`);
    expect(order.slice(1)).toEqual(['view of c', 'read a', 'chunk 1', 'read b', 'chunk 1']);
  });

  it('refuses bad shapes before the first chunk, and bad data at their turn', async () => {
    await expect(serializeStream({ x: { ...bytes(1), shape: [-1] } }).next()).rejects.toThrow(SafetensorsError);
    const late = serializeStream({ x: { ...bytes(1), data: () => new Uint8Array(2) } });
    await late.next();
    await expect(late.next()).rejects.toMatchObject({ code: 'safetensors/data-mismatch' });
  });
});

describe('SafetensorsError.isInstance', () => {
  it('knows errors of a second copy of the package, and nothing else', () => {
    const foreign = Object.assign(new Error('x'), { [Symbol.for('nt.safetensors-error')]: true });
    expect(SafetensorsError.isInstance(foreign)).toBe(true);
    expect(SafetensorsError.isInstance(new Error('x'))).toBe(false);
    expect(SafetensorsError.isInstance(null)).toBe(false);
  });
});
