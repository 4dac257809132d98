import { readFileSync } from 'node:fs';

/** Reads the float32 tensors of a golden file. (The package proper reads no files and depends on no reader.) */
export function readGoldenWeights(url: URL): Map<string, { shape: number[]; values: number[] }> {
  const file = readFileSync(url);
  const headerEnd = 8 + Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString('utf8', 8, headerEnd)) as Record<string, Entry>;
  const { __metadata__: _, ...tensors } = header;
  return new Map(
    Object.entries(tensors).map(
      ([
        name,
        {
          shape,
          data_offsets: [start, end],
        },
      ]) => {
        const count = (end - start) / 4;
        const values = Array.from({ length: count }, (__, i) => file.readFloatLE(headerEnd + start + 4 * i));
        return [name, { shape, values }];
      },
    ),
  );
}

interface Entry {
  readonly shape: number[];
  readonly data_offsets: readonly [number, number];
}
