import { expect, it } from 'vitest';
import { inPieces } from '../src/storage/browser/in-pieces.ts';

it.each<[string, lengths: number[], pieces: number[]]>([
  ['nothing', [], []],
  ['empty parts', [0, 0], []],
  ['small parts', [1, 2, 3], [6]],
  ['parts that fill a piece', [4, 4, 4], [8, 4]],
  ['a part that would not fit', [5, 4], [5, 4]],
  ['a part that is larger, between small ones', [3, 20, 2], [3, 20, 2]],
  ['a part of just the size', [8, 1], [8, 1]],
])('%s', async (_, lengths, pieces) => {
  const all = Uint8Array.from({ length: lengths.reduce((sum, each) => sum + each, 0) }, (_, at) => at);
  // One buffer for all: what a part holds is valid until the next is asked for.
  const buffer = new Uint8Array(64);
  async function* parts(): AsyncGenerator<Uint8Array, void> {
    let at = 0;
    for (const length of lengths) {
      buffer.set(all.subarray(at, at + length));
      yield buffer.subarray(0, length);
      at += length;
    }
  }
  const found: number[][] = [];
  for await (const piece of inPieces(parts(), 8)) found.push([...piece]);
  expect(found.map(({ length }) => length)).toEqual(pieces);
  expect(found.flat()).toEqual([...all]);
});
