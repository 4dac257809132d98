import type { Across } from './across.ts';
import type { RowPart } from './row-part.ts';

/** What is to be turned, and how its parts are called then. */
export interface Crosstab {
  readonly across: Across;
  /** The column with the other part of the time; absent where the names of the columns have all of it. */
  readonly row?: RowPart;
  /** Columns that name the series, as told; undefined to look for them among `keys`. */
  readonly ids: readonly string[] | undefined;
  readonly keys: readonly string[];
  readonly time: string;
  readonly target: string;
  readonly left: readonly string[];
}
