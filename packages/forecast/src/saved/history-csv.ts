import { csvLogger, type HistoryRow } from '@nt/trainer';
import { ForecastError } from '../forecast-error.ts';

/** `history.csv`: `update,epoch,metric,value`, as the trainer's CSV logger writes it. */
export async function historyCsv(history: readonly HistoryRow[]): Promise<string> {
  let text = '';
  const logger = csvLogger({
    write: (part) => {
      text += part;
    },
  });
  for (const { update, epoch, values } of history) await logger.log(values, { update, epoch });
  return text;
}

/** The metric that a row begins with says what kind of row it is. */
const kinds: Readonly<Record<string, HistoryRow['kind']>> = {
  trainLoss: 'train',
  epochLoss: 'epoch',
  validationLoss: 'validation',
};

/** The rows of a `history.csv`. @throws ForecastError `forecast/model-file` */
export function historyRows(text: string): HistoryRow[] {
  const rows: { kind: HistoryRow['kind']; update: number; epoch: number; values: Record<string, number> }[] = [];
  for (const [index, line] of text.trimEnd().split('\n').entries()) {
    if (index === 0 || line === '') continue;
    const [update = '', epoch = '', metric = '', value = ''] = line.split(',');
    const kind = kinds[metric];
    if (kind !== undefined) rows.push({ kind, update: Number(update), epoch: Number(epoch), values: {} });
    const row = rows.at(-1);
    if (row === undefined || value === '' || row.update !== Number(update)) {
      throw new ForecastError(
        'forecast/model-file',
        `history.csv: line ${index + 1}: expected update,epoch,metric,value.`,
      );
    }
    row.values[metric] = Number(value);
  }
  return rows;
}
