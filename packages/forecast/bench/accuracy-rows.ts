import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** One fit of one set, judged on its test part: JSON. */
export interface AccuracyRow {
  /** What a row must agree in to stand for the same fit. */
  readonly set: string;
  readonly seed: number;
  readonly preset: string;
  readonly updates: number | null;
  readonly refits: number | null;
  /** Days between recalibrations, 0 = none; absent of rows that are older. */
  readonly recalibrate?: number;
  readonly refitWithValidation?: boolean;
  /** MSE and MAE, M4 sMAPE and MASE, day-ahead EUR MAE alone; by method, the blend first. */
  readonly errors: readonly { readonly method: string; readonly values: readonly number[] }[];
  /** Errors of the same members blended otherwise, by the way; absent unless it was asked for. */
  readonly ablation?: Readonly<Record<string, readonly number[]>>;
  /** Shares of test values that the intervals held, by level. */
  readonly covered: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** Updates of all networks together. */
  readonly madeUpdates: number | null;
  readonly why: string;
  readonly load: number;
  readonly date: string;
}

type Key = Pick<AccuracyRow, 'set' | 'seed' | 'preset' | 'updates' | 'refits' | 'recalibrate' | 'refitWithValidation'>;

/** Rows that were computed before, as JSON lines: a bench that was stopped goes on. */
export function accuracyRows(file: string) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as AccuracyRow);
  const isSame = (row: AccuracyRow, key: Key): boolean =>
    (['set', 'seed', 'preset', 'updates', 'refits'] as const).every((name) => row[name] === key[name]) &&
    (row.recalibrate ?? 0) === (key.recalibrate ?? 0) &&
    (row.refitWithValidation ?? false) === (key.refitWithValidation ?? false);
  return {
    find: (key: Key): AccuracyRow | undefined => rows.filter((row) => isSame(row, key)).at(-1),
    keep: (row: AccuracyRow): void => {
      mkdirSync(dirname(file), { recursive: true });
      // A line that was cut off stays alone.
      appendFileSync(file, `\n${JSON.stringify(row)}`);
    },
  };
}
