/**
 * The same bytes in pieces of at most `size`, or as they came where a part is larger. A file of tensors has a part for
 * each, and a message to the browser for each would take longer than a small update.
 *
 * @param size bytes, default 1 MiB
 */
export async function* inPieces(
  parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  size: number = 1 << 20,
): AsyncGenerator<Uint8Array, void> {
  const piece = new Uint8Array(size);
  let filled = 0;
  for await (const part of parts) {
    if (filled + part.length > size && filled > 0) {
      yield piece.subarray(0, filled);
      filled = 0;
    }
    if (part.length > size) {
      yield part;
    } else {
      piece.set(part, filled);
      filled += part.length;
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}
