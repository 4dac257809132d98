import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type NamedArray, serialize } from '../src/index.ts';
import { needs, python } from './needs.ts';

const arrays: Record<string, NamedArray> = {
  float64: { shape: [2], dtype: 'float64', data: Float64Array.of(Math.PI, -0) },
  float32: { shape: [2, 2], dtype: 'float32', data: Float32Array.of(1, 2, 3, Number.NaN).map((x) => x || 4) },
  float16: { shape: [1], dtype: 'float16', data: Uint16Array.of(0x3c00) },
  bfloat16: { shape: [1], dtype: 'bfloat16', data: Uint16Array.of(0x3f80) },
  float8_e4m3fn: { shape: [1], dtype: 'float8_e4m3fn', data: Uint8Array.of(0x38) },
  float8_e5m2: { shape: [1], dtype: 'float8_e5m2', data: Uint8Array.of(0x3c) },
  int64: { shape: [1], dtype: 'int64', data: BigInt64Array.of(-(2n ** 63n)) },
  int32: { shape: [1], dtype: 'int32', data: Int32Array.of(-5) },
  int16: { shape: [1], dtype: 'int16', data: Int16Array.of(-5) },
  int8: { shape: [1], dtype: 'int8', data: Int8Array.of(-5) },
  uint64: { shape: [1], dtype: 'uint64', data: BigUint64Array.of(2n ** 64n - 1n) },
  uint32: { shape: [1], dtype: 'uint32', data: Uint32Array.of(5) },
  uint16: { shape: [1], dtype: 'uint16', data: Uint16Array.of(5) },
  uint8: { shape: [], dtype: 'uint8', data: Uint8Array.of(5) },
  bool: { shape: [2], dtype: 'bool', data: Uint8Array.of(0, 1) },
  'né\n"\u{1F600}': { shape: [3, 0], dtype: 'float32', data: new Float32Array() },
};

describe('our files, read by Python', () => {
  it.skipIf(!needs('python-safetensors'))('have the same names, shapes, bytes and metadata', () => {
    const folder = mkdtempSync(join(tmpdir(), 'safetensors-'));
    try {
      const path = join(folder, 'ours.safetensors');
      writeFileSync(path, serialize(arrays, { note: 'é"\n', '1': 'one' }));
      const script = fileURLToPath(new URL('read-by-python.py', import.meta.url));
      const { stdout, stderr } = spawnSync(python, [script, path], { encoding: 'utf8' });
      expect(stderr).toBe('');
      const found = JSON.parse(stdout);
      expect(found.metadata).toEqual({ note: 'é"\n', '1': 'one' });
      expect(found.sample).toEqual([
        [1, 2],
        [3, 4],
      ]);
      expect(Object.keys(found.tensors).sort()).toEqual(Object.keys(arrays).sort());
      for (const [name, { shape, data }] of Object.entries(arrays)) {
        const bytes = [...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)];
        expect(found.tensors[name], name).toMatchObject({ shape, data: bytes });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
