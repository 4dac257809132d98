import type { TableReading } from '@nt/data';
import type { BacktestOptions, RunSpec } from '@nt/forecast';

/** Engines that a script can make. */
export type ScriptEngine = 'cpu' | 'webgpu' | 'node-gpu' | 'reference';

/** A model folder and a file that it is used on. */
interface ModelUse {
  readonly model: string;
  readonly data: { readonly source: string; readonly reading: TableReading };
  /** Of `predict` or `evaluateUnseen`: JSON. */
  readonly options: object;
}

/** A file of its own with the covariates that are known ahead. */
type Future = ModelUse['data'];

/** What a script does: what a command did. */
export type ScriptTask =
  | { readonly kind: 'train'; readonly run: RunSpec; readonly output: string; readonly engine?: ScriptEngine }
  | {
      readonly kind: 'backtest';
      readonly run: RunSpec;
      readonly walk: BacktestOptions;
      readonly engine?: ScriptEngine;
    }
  | ({ readonly kind: 'forecast'; readonly future?: Future } & ModelUse)
  | ({ readonly kind: 'evaluate' } & ModelUse);
