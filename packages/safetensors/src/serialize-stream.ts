import { checkData } from './check-data.ts';
import type { Metadata, StreamedArrays } from './named-array.ts';
import { planFile } from './plan-file.ts';

/**
 * Writes the same bytes as `serialize`, piece by piece: the header, then one chunk for each tensor that is not empty.
 *
 * Chunks are views of the tensors' own memory, so nothing is copied and the file is never whole in memory: write a
 * chunk before asking for the next, as `for await` and Node's `pipeline` do. A tensor's `data` may be a function; it
 * is called when its turn comes, so that tensors can be read back from a device one at a time.
 *
 * @param arrays name → `{ shape, dtype, data }`, where `data` is a typed array or a function that gives one
 * @param metadata as for `serialize`
 * @throws SafetensorsError for names, types, shapes and metadata before the first chunk; for data at their turn
 */
export async function* serializeStream(arrays: StreamedArrays, metadata?: Metadata): AsyncGenerator<Uint8Array, void> {
  const plan = planFile(arrays, metadata);
  yield plan.head;
  for (const { name, array, format, count } of plan.tensors) {
    const data = typeof array.data === 'function' ? await array.data() : array.data;
    const bytes = checkData(name, format, count, data);
    if (bytes.byteLength > 0) yield bytes;
  }
}
