import { remedy } from '../remedy.ts';
import type { Crosstab } from './crosstab.ts';
import type { KeptCells } from './kept-cells.ts';
import type { RowParts } from './row-parts.ts';
import type { RowSeries } from './series-of-rows.ts';

/** What was found on the way. */
interface Turned {
  readonly rowParts: RowParts | null;
  readonly series: RowSeries | null;
  readonly kept: KeptCells;
}

const some = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');

/** Notices of what was done to a crosstab, and how to have it otherwise. */
export function sayTurned(crosstab: Crosstab, { rowParts, series, kept }: Turned): string[] {
  const { across, row, left, target } = crosstab;
  const { columns, formats } = across;
  const hours = row?.kind === 'hour' ? rowParts!.hours! : across.kind === 'hour' ? across : undefined;
  const first = hours?.columns[0]?.name;
  const range = `${columns[0]!.name} to ${columns.at(-1)!.name}`;
  const beside = row === undefined ? '' : ` with '${row.name || 'time'}'`;
  const out = left.length === 0 ? '' : `; columns left out: ${some(left)}`;
  const label = series?.columns.map((name) => name || 'id');
  const sums = (rowParts?.sums ?? []).map((at) => `'${rowParts!.texts[at]}'`);
  return [
    `a crosstab: columns ${range}, the ${across.said}${beside}, were turned into ${kept.cells.length} rows with the values in '${target}'${out}; pass ${remedy('layout', 'long')} to read the table as it stands`,
    ...(hours === undefined
      ? []
      : hours.isEnd
        ? [`hours are named by their end: '${first}' is read as 00:00, at which it begins`]
        : [`'${first}' is read as 00:00, the begin of ${hours.perDay === 24 ? 'the hour' : 'the step'}`]),
    ...(formats === undefined ? [] : [`names of columns are times as ${formats[0]}`]),
    ...(label && crosstab.ids === undefined
      ? [`series are named by '${label.join(' + ')}'; if they are others, name the column: ${remedy('id')}`]
      : []),
    ...(sums.length === 0 ? [] : [`rows left out, which are no times: ${some(sums)}`]),
    ...(kept.outside === 0
      ? []
      : [`empty cells before the first and behind the last value of a series left out: ${kept.outside}`]),
    ...(kept.without.length === 0 ? [] : [`series without any value left out: ${some(kept.without)}`]),
  ];
}
