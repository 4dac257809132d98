import { DataError } from '../data-error.ts';

/** Formats that files are read as. */
export type TableFormat = 'csv' | 'tsv' | 'parquet' | 'arrow' | 'tsf' | 'json';

const formats: Readonly<Record<string, TableFormat>> = {
  csv: 'csv',
  txt: 'csv',
  tsv: 'tsv',
  // The line protocol of InfluxDB: the reader of CSV sees what it is.
  lp: 'csv',
  parquet: 'parquet',
  pq: 'parquet',
  arrow: 'arrow',
  arrows: 'arrow',
  feather: 'arrow',
  ipc: 'arrow',
  tsf: 'tsf',
  json: 'json',
  jsonl: 'json',
  ndjson: 'json',
};

/**
 * The format that the name of a file says; `.gz` and `.zst` behind it are looked through.
 *
 * @throws DataError `data/unknown-format` with the extensions that are known
 */
export function tableFormat(path: string): TableFormat {
  const extension = /\.([^./\\]+)(\.gz|\.zst)?$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  const format = formats[extension];
  if (format !== undefined) return format;
  const known = Object.keys(formats)
    .map((name) => `.${name}`)
    .join(' ');
  const found = extension === '' ? 'it has no extension' : `'.${extension}' is not known`;
  const remedy =
    remedies[extension] ?? "rename it by what it holds, or pipe it in (the path '-'), and its first bytes tell";
  throw new DataError(
    'data/unknown-format',
    `${path}: ${found}; the formats are ${known} (CSV, JSON and tsf also as .gz or .zst): ${remedy}.`,
    { file: path },
  );
}

const asCsv = 'save the sheet as CSV';

/** Of files that are none of these formats, whatever they are called. */
const remedies: Readonly<Record<string, string>> = {
  xlsx: asCsv,
  xls: asCsv,
  ods: asCsv,
  numbers: asCsv,
  zip: 'unpack it first',
  '7z': 'unpack it first',
  tar: 'unpack it first',
  tgz: 'unpack it first',
  bz2: 'unpack it first',
  xz: 'unpack it first',
};
