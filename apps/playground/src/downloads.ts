import { type ModelFiles, modelFileNames } from '@nt/forecast';
import type { ForecasterClient, ForecastReport } from '@nt/forecast/worker';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { download } from './dom.ts';

/** A cell of CSV. A spreadsheet runs what begins like a formula: names from a file get an apostrophe. */
const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** `unique_id,ds,<target>` with the ends of the intervals behind it, as neuralforecast names them. */
export function forecastCsv({ series }: ForecastReport, target: string): string {
  const levels = series[0]?.intervals.map(({ level }) => level) ?? [];
  const edges = levels.flatMap((level) => [`${target}-lo-${level}`, `${target}-hi-${level}`]);
  const rows = series.flatMap(({ id, labels, values, intervals }) =>
    labels.map((label, step) =>
      [
        cell(id),
        cell(label),
        ...[values, ...intervals.flatMap(({ lower, upper }) => [lower, upper])].map((column) => String(column[step])),
      ].join(','),
    ),
  );
  return `${[['unique_id', 'ds', target, ...edges].map(cell).join(','), ...rows].join('\n')}\n`;
}

/** The folder that `nt train -o model` writes, as a zip. */
export async function saveModel(client: ForecasterClient): Promise<void> {
  const files = await client.save();
  const folder = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`model/${name}`, bytes]));
  const zip = zipSync({ ...folder, 'model/README.txt': strToU8(readme) }, { level: 0 });
  download('model.zip', zip as Uint8Array<ArrayBuffer>, 'application/zip');
}

const readme = 'A forecaster of @nt. Use it with: nt forecast -m model -d FILE\n';

/** The files of a model in a zip, in whatever folder it lies; what is missing, the forecaster says. */
export function openModel(bytes: Uint8Array): ModelFiles {
  const nameOf = (path: string): string => path.split('/').at(-1)!;
  const inModel = (path: string): string => /(?:members\/\d+\/)*[^/]+$/.exec(path)![0];
  const files = unzipSync(bytes, {
    filter: ({ name }) => (modelFileNames as readonly string[]).includes(nameOf(name)),
  });
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [inModel(path), content]));
}
