import type { JsonValue, ScalerKind } from '@nt/data';
import type { RidgeState } from '../saved/ridge-state.ts';

/** Shift and scale of one column. */
export interface ColumnNumbers {
  readonly shift: number;
  readonly scale: number;
}

/** The scaler of a ridge as numbers. */
export interface RidgeScales {
  readonly kind: ScalerKind;
  /** Series that have scales. */
  readonly ids: readonly string[];
  /** By series: target, then historic, then future covariates. */
  readonly series: readonly (readonly ColumnNumbers[])[];
  readonly static: readonly ColumnNumbers[];
}

/** Reads what `Scaler.toJson` wrote. */
export function ridgeScales({ scaler }: RidgeState): RidgeScales {
  const saved = scaler as Readonly<Record<string, JsonValue>>;
  const entries = saved['series'] as readonly (readonly [string, ...number[]])[];
  return {
    kind: saved['kind'] as ScalerKind,
    ids: entries.map(([id]) => id),
    series: entries.map(([, ...numbers]) => columnsOf(numbers)),
    static: columnsOf(saved['static'] as readonly number[]),
  };
}

/** Three numbers a column, the third that of Box and Cox. */
const columnsOf = (numbers: readonly number[]): ColumnNumbers[] =>
  Array.from({ length: numbers.length / 3 }, (_, i) => ({ shift: numbers[3 * i]!, scale: numbers[3 * i + 1]! }));
