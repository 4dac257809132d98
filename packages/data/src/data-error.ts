import { printable } from './printable.ts';
import { type Remedy, remediesIn } from './remedy.ts';

/** Everything that can be wrong with options, files, rows or series; closed, so that a caller can switch on it. */
export type DataErrorCode =
  | 'data/bad-option'
  | 'data/bad-state'
  | 'data/missing-file'
  | 'data/unknown-format'
  | 'data/missing-package'
  | 'data/empty-file'
  | 'data/header'
  | 'data/header-only'
  | 'data/encoding'
  | 'data/compressed'
  | 'data/corrupt-file'
  | 'data/missing-column'
  | 'data/duplicate-column'
  | 'data/column-type'
  | 'data/ragged-row'
  | 'data/open-quote'
  | 'data/bad-number'
  | 'data/bad-time'
  | 'data/ambiguous-date'
  | 'data/mixed-time-zones'
  | 'data/local-time'
  | 'data/time-range'
  | 'data/empty-key'
  | 'data/duplicate-time'
  | 'data/duplicate-series'
  | 'data/unsorted'
  | 'data/gap'
  | 'data/frequency'
  | 'data/missing-value'
  | 'data/non-finite'
  | 'data/float32-overflow'
  | 'data/static-varies'
  | 'data/too-many-categories'
  | 'data/unknown-category'
  | 'data/future-covariates'
  | 'data/too-short'
  | 'data/unknown-series'
  | 'data/scaler-domain'
  | 'data/no-worker'
  | 'data/worker-failed';

/** One faulty place in a source. Lines and rows count from 1; the header is line 1. */
export interface DataFault {
  readonly line?: number;
  readonly row?: number;
  readonly column?: string;
  readonly value?: string;
  readonly reason: string;
}

/** Machine-readable part of a `DataError`: only what applies is present. */
export interface DataErrorDetails {
  readonly file?: string;
  readonly line?: number;
  readonly row?: number;
  readonly column?: string;
  readonly series?: string;
  readonly time?: string;
  readonly value?: string;
  readonly option?: string;
  readonly nearest?: string;
  /** Columns of which one is meant, where a column has to be named. */
  readonly candidates?: readonly string[];
  readonly count?: number;
  readonly faults?: readonly DataFault[];
}

const marker = Symbol.for('nt.data-error');

/**
 * The one error class of this package. The message says what was expected, what was found (file, line, column) and
 * what to do; `code` and `details` say the same to a program.
 */
export class DataError extends Error {
  readonly code: DataErrorCode;
  readonly details: DataErrorDetails;
  /** The options that the message offers as a way out, see `remedyExamples`. */
  readonly remedies: readonly Remedy[];

  constructor(code: DataErrorCode, message: string, details: DataErrorDetails = {}) {
    super(printable(message));
    this.name = 'DataError';
    this.code = code;
    this.details = details;
    this.remedies = remediesIn(this.message);
    Object.defineProperty(this, marker, { value: true });
  }

  /** True for a `DataError` of any installed copy of this package. */
  static isInstance(value: unknown): value is DataError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}
