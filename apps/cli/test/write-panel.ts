import { writeFileSync } from 'node:fs';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { nt } from './run-nt.ts';

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

/** Trains `model` on `panel.parquet` of a folder: three steps ahead, three quantiles, in a moment. */
export async function trainOnPanel(folder: string): Promise<void> {
  const data = ['-d', 'panel.parquet', '--target', 'y', '--id', 'unique_id'];
  const shape = ['--horizon', '3', '--input-size', '8', '--hidden-size', '4', '--variant', 'paper', '--n-stacks', '1'];
  const loss = ['--loss', 'quantile:quantiles=0.1,0.5,0.9', '--epochs', '1'];
  const { code, stderr } = await nt(folder, 'train', ...data, ...shape, ...loss, '-o', 'model');
  if (code !== 0) throw new Error(stderr);
}
