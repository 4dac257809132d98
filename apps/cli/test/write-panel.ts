import { writeFileSync } from 'node:fs';
import { parquetWriteBuffer } from 'hyparquet-writer';

/** What a panel of hourly series holds. */
export interface PanelRows {
  readonly ids: string[];
  readonly times: Date[];
  readonly values: Float64Array;
}

/** `count` series of `steps` hours from `first` on, sorted by id and time. */
export function panelRows(count: number, steps: number, first = 0): PanelRows {
  const rows = Array.from({ length: count * steps }, (_, row) => ({
    series: first + Math.floor(row / steps),
    step: row % steps,
  }));
  return {
    ids: rows.map(({ series }) => `s${String(series).padStart(4, '0')}`),
    times: rows.map(({ step }) => new Date(Date.UTC(2024, 0, 1, step))),
    values: Float64Array.from(
      rows,
      ({ series, step }) => 100 + (series % 7) + 10 * Math.sin((step + series) / 4) + ((step * 31) % 11) / 5,
    ),
  };
}

/** @param group rows of a row group */
export function writePanel(path: string, { ids, times, values }: PanelRows, group: number): void {
  const columnData = [
    { name: 'unique_id', data: ids, type: 'STRING' as const, nullable: false },
    { name: 'ds', data: times, type: 'TIMESTAMP' as const, nullable: false },
    { name: 'y', data: values, type: 'DOUBLE' as const, nullable: false },
  ];
  writeFileSync(path, new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: group })));
}
