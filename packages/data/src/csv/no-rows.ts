import { DataError } from '../data-error.ts';

/** Without a row no column can be told from another, so that this is the reason whatever else is missing. */
export function noRows(name: string, rejected = 0): DataError {
  const found = rejected > 0 ? `all of its ${rejected} rows are faulty` : 'has a header but no rows';
  return new DataError('data/header-only', `${name}: the file ${found}; at least one row is needed.`, { file: name });
}
