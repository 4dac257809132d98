import { type FileHandle, open } from 'node:fs/promises';
import { ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';

/** Series of a row group. */
const group = 500;

/** Hourly series of a daily rhythm, a level and noise of their own, sorted by id and time, written a row group at a time. */
export async function writeManySeries(path: string, count: number, steps: number): Promise<void> {
  const file = await open(path, 'w');
  const buffer = new ByteWriter();
  const taken = async (to: FileHandle): Promise<void> => {
    await to.writeFile(buffer.getBytes().slice());
    buffer.index = 0;
  };
  const schema = schemaFromColumnData({ columnData: columnsOf(0, 1, steps) });
  const writer = new ParquetWriter({ writer: buffer, schema });
  for (let first = 0; first < count; first += group) {
    const columnData = columnsOf(first, Math.min(group, count - first), steps).map(({ name, data }) => ({
      name,
      data,
    }));
    writer.write({ columnData, rowGroupSize: group * steps });
    await taken(file);
  }
  writer.finish();
  await taken(file);
  await file.close();
}

function columnsOf(first: number, count: number, steps: number): ColumnSource[] {
  const ids: string[] = [];
  const times: Date[] = [];
  const values = new Float64Array(count * steps);
  for (let k = 0; k < count; k++) {
    const id = `s${String(first + k).padStart(7, '0')}`;
    for (let step = 0; step < steps; step++) {
      ids.push(id);
      times.push(new Date(Date.UTC(2024, 0, 1, step)));
      const noise = Math.sin((first + k + 1) * 12.9898 + step * 78.233) * 43758.5453;
      values[k * steps + step] =
        50 + ((first + k) % 97) + 10 * Math.sin((step * Math.PI) / 12) + (noise - Math.floor(noise));
    }
  }
  return [
    { name: 'unique_id', data: ids, type: 'STRING', nullable: false },
    { name: 'ds', data: times, type: 'TIMESTAMP', nullable: false },
    { name: 'y', data: values, type: 'DOUBLE', nullable: false },
  ];
}
