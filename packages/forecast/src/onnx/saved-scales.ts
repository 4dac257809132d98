import type { JsonValue, ScalerKind } from '@nt/data';

/** Shift and scale of one column. */
export interface ColumnNumbers {
  readonly shift: number;
  readonly scale: number;
}

/** The numbers of a scaler. */
export interface SavedScales {
  readonly kind: ScalerKind;
  /** How covariates are scaled. */
  readonly covariates: ScalerKind;
  readonly scope: 'series' | 'global';
  readonly historic: readonly string[];
  readonly future: readonly string[];
  readonly staticNames: readonly string[];
  /** Target, then historic, then future covariates; by id, that of all is `*`. */
  readonly series: readonly { readonly id: string; readonly columns: readonly ColumnNumbers[] }[];
  /** Series that never changed: they are forecast as they were. */
  readonly constants: ReadonlyMap<string, number>;
  readonly static: readonly ColumnNumbers[];
}

/** Reads what `Scaler.toJson` wrote. */
export function savedScales(scaler: JsonValue): SavedScales {
  const saved = scaler as unknown as Omit<SavedScales, 'series' | 'constants' | 'static'> & {
    readonly series: readonly (readonly [string, ...number[]])[];
    readonly constants?: readonly (readonly [string, number])[];
    readonly static: readonly number[];
  };
  return {
    ...saved,
    series: saved.series.map(([id, ...numbers]) => ({ id, columns: columnsOf(numbers) })),
    constants: new Map(saved.constants ?? []),
    static: columnsOf(saved.static),
  };
}

/** Three numbers a column, the third that of Box and Cox. */
const columnsOf = (numbers: readonly number[]): ColumnNumbers[] =>
  Array.from({ length: numbers.length / 3 }, (_, i) => ({ shift: numbers[3 * i]!, scale: numbers[3 * i + 1]! }));
