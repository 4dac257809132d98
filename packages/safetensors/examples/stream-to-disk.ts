import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parse, SafetensorsError, serializeStream } from '@nt/safetensors';

const folder = await mkdtemp(join(tmpdir(), 'weights-'));
const path = join(folder, 'model.safetensors');

// `data` may be a function: each tensor is fetched when its turn comes, one at a time.
const readBack = async (): Promise<Float32Array> => new Float32Array(1_000_000);
await pipeline(
  serializeStream({ embedding: { shape: [1000, 1000], dtype: 'float32', data: readBack } }),
  createWriteStream(path),
);

const bytes = await readFile(path);
console.log(parse(bytes).tensors.get('embedding')?.data.length);
try {
  parse(bytes.subarray(0, bytes.length - 1));
} catch (error) {
  if (SafetensorsError.isInstance(error)) console.log(error.code);
}
await rm(folder, { recursive: true });
//> 1000000
//> safetensors/out-of-range
