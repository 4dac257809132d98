import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSql } from '../../src/duckdb/index.ts';
import { type CsvOptions, type DataErrorCode, readCsv } from '../../src/index.ts';
import { bytes, errorOf } from './bytes.ts';

/** A file that must be refused, and how. */
export interface BadCase {
  readonly title: string;
  readonly file: string | Uint8Array;
  readonly options?: CsvOptions;
  readonly code: DataErrorCode;
  readonly message: RegExp;
  readonly line?: number;
  readonly column?: string;
  readonly count?: number;
  /** The fault is in the values and not in the form of the file: DuckDB must give the same code. */
  readonly bothEngines?: boolean;
}

/** Declares the tests that `readCsv` refuses the cases with the code, message and place given. */
export function readCsvRefuses(cases: readonly BadCase[]): void {
  describe('readCsv refuses', () => {
    it.each(cases)('$title', async ({ file, options, code, message, line, column, count }) => {
      const error = await errorOf(() =>
        readCsv(typeof file === 'string' ? bytes(file) : file, { name: 'f.csv', ...options }),
      );
      expect(error.message).toMatch(message);
      expect(error.code).toBe(code);
      if (line !== undefined) expect(error.details.line).toBe(line);
      if (column !== undefined) expect(error.details.column).toBe(column);
      if (count !== undefined) expect(error.details.count).toBe(count);
    });
  });
}

/** Declares the tests that `readSql` refuses the cases marked `bothEngines` with the same code. */
export function readSqlRefuses(cases: readonly BadCase[]): void {
  describe('readSql refuses the same', () => {
    const folder = mkdtempSync(join(tmpdir(), 'nt-data-'));
    afterAll(() => rmSync(folder, { recursive: true }));

    it.each(cases.filter((one) => one.bothEngines))('$title', async ({ title, file, options = {}, code }) => {
      const path = join(folder, `${title.replaceAll(/\W/g, '-')}.csv`);
      writeFileSync(path, file);
      const error = await errorOf(() =>
        readSql(`SELECT * FROM read_csv('${path}', all_varchar = true, header = true, delim = ',', quote = '"')`, {
          name: 'f.csv',
          ...options,
        }),
      );
      expect(error.code).toBe(code);
    });
  });
}
