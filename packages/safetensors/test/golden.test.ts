import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, serialize, serializeStream } from '../src/index.ts';

const folder = new URL('golden/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.safetensors'));
const read = (name: string): Buffer => readFileSync(new URL(name, folder));

describe('files written by Python', () => {
  it('are all there', () => {
    expect(names).toHaveLength(7);
  });

  it.each(names)('%s is byte-identical after parse and serialize', (name) => {
    const file = parse(read(name));
    expect(Buffer.compare(serialize(file.tensors, file.metadata), read(name))).toBe(0);
  });

  it.each(names)('%s is byte-identical whatever the order of its tensors', (name) => {
    const file = parse(read(name));
    const reversed = new Map([...file.tensors].reverse());
    expect(Buffer.compare(serialize(reversed, file.metadata), read(name))).toBe(0);
  });

  it.each(names)('%s is byte-identical after parse and serializeStream', async (name) => {
    const file = parse(read(name));
    const chunks: Uint8Array[] = [];
    for await (const chunk of serializeStream(file.tensors, file.metadata)) chunks.push(chunk);
    expect(Buffer.compare(Buffer.concat(chunks), read(name))).toBe(0);
  });

  it('has the values that the generator wrote, for every element type', () => {
    const file = parse(read('dtypes.safetensors'));
    const expected: Record<string, ArrayLike<number | bigint>> = {
      uint64: BigUint64Array.of(0n, 1n, 2n, 3n, 4n, 5n),
      int64: BigInt64Array.of(-2n, -1n, 0n, 1n, 2n, 3n),
      float64: Float64Array.of(-1.5, -0.5, 0.5, 1.5, 2.5, 3.5),
      float32: Float32Array.of(-1.5, -0.5, 0.5, 1.5, 2.5, 3.5),
      uint32: Uint32Array.of(0, 1, 2, 3, 4, 5),
      int32: Int32Array.of(-2, -1, 0, 1, 2, 3),
      bfloat16: Uint16Array.of(0xbfc0, 0xbf00, 0x3f00, 0x3fc0, 0x4020, 0x4060),
      float16: Uint16Array.of(0xbe00, 0xb800, 0x3800, 0x3e00, 0x4100, 0x4300),
      uint16: Uint16Array.of(0, 1, 2, 3, 4, 5),
      int16: Int16Array.of(-2, -1, 0, 1, 2, 3),
      float8_e4m3fn: Uint8Array.of(0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d),
      float8_e5m2: Uint8Array.of(0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d),
      int8: Int8Array.of(-2, -1, 0, 1, 2, 3),
      uint8: Uint8Array.of(0, 1, 2, 3, 4, 5),
      bool: Uint8Array.of(0, 1, 0, 1, 0, 1),
    };
    expect([...file.tensors.keys()].filter((name) => name.endsWith('.matrix'))).toHaveLength(15);
    for (const [dtype, values] of Object.entries(expected)) {
      const matrix = file.tensors.get(`${dtype}.matrix`);
      expect(matrix).toMatchObject({ dtype, shape: [2, 3] });
      expect(matrix?.data, dtype).toEqual(values);
      expect(file.tensors.get(`${dtype}.scalar`)).toMatchObject({ dtype, shape: [] });
      expect(file.tensors.get(`${dtype}.scalar`)?.data, dtype).toHaveLength(1);
      expect(file.tensors.get(`${dtype}.empty`)?.data, dtype).toHaveLength(0);
    }
  });

  it('keeps names that records would mangle, and metadata in the order of the file', () => {
    const file = parse(read('names.safetensors'));
    expect([...file.tensors.keys()]).toEqual([
      '',
      '10',
      '9',
      '__proto__',
      'a',
      'b',
      'q"\\\n\t\b\f\r\x01\x7f\u2028/é',
      '\uff5e',
      '\u{1F600}',
    ]);
    expect([...file.metadata!]).toHaveLength(5);
    expect(file.metadata!.get('10')).toBe('ten');
    expect(file.metadata!.get('__proto__')).toBe('p');
    expect(file.metadata!.get('a')).toBe('é\n"');
  });

  it('tells absent metadata from empty metadata', () => {
    expect(parse(read('odd.safetensors')).metadata).toBeUndefined();
    expect(parse(read('empty-metadata.safetensors')).metadata).toEqual(new Map());
    expect(parse(read('nhits_cubic.safetensors')).metadata?.get('source')).toBe('neuralforecast 3.3.0');
  });
});
