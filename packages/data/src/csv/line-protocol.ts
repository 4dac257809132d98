import { DataError } from '../data-error.ts';
import type { DataRow } from '../rows/read-rows.ts';

/** Anything in quotes or behind a backslash belongs to what stands around it. */
const words = /(?:\\.|"(?:\\.|[^"\\])*"|[^\s"\\])+/gs;
const members = /(?:\\.|"(?:\\.|[^"\\])*"|[^,"\\])+/gs;
const pair = /^((?:\\.|[^=\\])+)=(.+)$/s;

/**
 * The line protocol of InfluxDB, `cpu,host=a usage=1.5 1704067200000000000`, as rows and their lines: `time`, a column for each tag
 * and field, and `measurement` where there are several.
 *
 * @throws DataError `data/corrupt-file` with the line that is none
 */
export function rowsOfLines(name: string, text: string): { readonly rows: DataRow[]; readonly lines: number[] } {
  const lines: number[] = [];
  const rows: DataRow[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    rows.push(rowOf(name, line.trim(), at + 1));
    lines.push(at + 1);
  }
  const [first] = rows;
  const isOne = rows.every((row) => row['measurement'] === first!['measurement']);
  return { rows: isOne ? rows.map(({ measurement: _, ...row }) => row) : rows, lines };
}

function rowOf(file: string, line: string, number: number): DataRow {
  const [key, fields, time, ...rest] = line.match(words) ?? [];
  const refuse = (why: string) =>
    new DataError('data/corrupt-file', `${file}: line ${number}: not a line of InfluxDB's protocol: ${why}.`, {
      file,
      line: number,
    });
  if (fields === undefined || rest.length > 0) throw refuse('expected measurement,tag=value field=value time');
  if (time === undefined || !/^-?\d+$/.test(time)) throw refuse('it has no time; write one behind the fields');
  const [measurement, ...tags] = key!.match(members) ?? [];
  const cells = [...tags, ...(fields.match(members) ?? [])].map((text, at) => {
    const [, name, value] = pair.exec(text) ?? [];
    if (name === undefined) throw refuse(`"${text}" has no value`);
    return [plain(name), at < tags.length ? plain(value!) : fieldValue(value!)] as const;
  });
  return { measurement: plain(measurement!), time, ...Object.fromEntries(cells) };
}

const plain = (text: string): string => text.replace(/\\(.)/gs, '$1');

/** Whole numbers carry an i or u; texts stand in quotes. */
function fieldValue(text: string): string | number {
  if (/^".*"$/s.test(text)) return plain(text.slice(1, -1));
  if (/^(t|true|f|false)$/i.test(text)) return /^t/i.test(text) ? 1 : 0;
  return text.replace(/^(-?\d+)[iu]$/, '$1');
}
