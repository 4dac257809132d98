import { DataError } from '../data-error.ts';
import { loadColumn } from '../parquet/load-column.ts';
import type { ParquetFile } from '../parquet/parquet-file.ts';
import { FaultList } from '../source/fault-list.ts';
import { toTexts } from '../source/loose-cells.ts';
import type { CellRole, LooseCells } from '../source/loose-column.ts';
import { toTimes } from '../source/loose-times.ts';

/** Where the rows of every series lie: series k has `rows[k]` rows of file `files[k]` from row `firstRows[k]` on. */
export interface ShardIndex {
  readonly ids: readonly string[];
  readonly files: Int32Array;
  readonly firstRows: Float64Array;
  readonly rows: Float64Array;
  readonly starts: Float64Array;
}

/**
 * Reads id and time columns, one row group at a time, and notes where series begin.
 *
 * @throws DataError `data/unsorted` unless the rows of each series lie together, in one file, and its times ascend
 */
export async function indexShards(
  shards: readonly ParquetFile[],
  id: string,
  time: string | null,
): Promise<ShardIndex> {
  const ids: string[] = [];
  const files: number[] = [];
  const firstRows: number[] = [];
  const starts: number[] = [];
  const rows: number[] = [];
  const isSeen = seenBefore(ids);
  for (const [file, shard] of shards.entries()) {
    let previousTime = -Infinity;
    for (let group = 0; group + 1 < shard.groupStarts.length; group++) {
      const faults = new FaultList();
      const { codes, names } = toTexts(id, await loadGroup(shard, id, 'text', group), true, faults);
      const times = time === null ? null : toTimes(time, await loadGroup(shard, time, 'time', group), {}, faults).time;
      if (faults.count > 0) throw faults.toError(shard.name, 'Correct the data.');
      for (let k = 0; k < codes.length; k++) {
        const name = names[codes[k]!]!;
        const at = times === null ? k : times[k]!;
        const row = shard.groupStarts[group]! + k;
        if (ids.length === 0 || name !== ids.at(-1) || files.at(-1) !== file) {
          if (isSeen(name)) throw unsorted(shard.name, row, `rows of series '${name}' lie in two places`);
          ids.push(name);
          files.push(file);
          firstRows.push(row);
          rows.push(0);
          starts.push(time === null ? 0 : at);
        } else if (times !== null && !(at > previousTime))
          throw unsorted(shard.name, row, `series '${name}' goes back in time or repeats a time`);
        previousTime = at;
        rows[rows.length - 1]!++;
      }
    }
  }
  return {
    ids,
    files: Int32Array.from(files),
    firstRows: Float64Array.from(firstRows),
    rows: Float64Array.from(rows),
    starts: Float64Array.from(starts),
  };
}

/** Whether a name is among those so far. As long as they ascend, as sorted texts do, the last one tells. */
function seenBefore(ids: readonly string[]): (name: string) => boolean {
  let known: Set<string> | null = null;
  let counted = 0;
  return (name) => {
    if (known === null && (ids.length === 0 || name > ids.at(-1)!)) return false;
    known ??= new Set();
    for (; counted < ids.length; counted++) known.add(ids[counted]!);
    return known.has(name);
  };
}

function loadGroup(shard: ParquetFile, column: string, role: CellRole, group: number): Promise<LooseCells> {
  const element = shard.elements.find((one) => one.name === column)!;
  return loadColumn(shard, element, role, shard.groupStarts[group]!, shard.groupStarts[group + 1]!);
}

function unsorted(file: string, row: number, what: string): DataError {
  const message = `${file}: row ${row + 1}: ${what}; shards must be sorted by id and time, over all files, and no series may lie in two files: write them with ORDER BY id, time.`;
  return new DataError('data/unsorted', message, { file, row: row + 1 });
}
