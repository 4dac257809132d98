import { DataError, type DataErrorCode, type DataFault } from '../data-error.ts';

const kept = 5;

/** Collects the faults of a source: all are counted, the first five are kept. */
export class FaultList {
  readonly faults: DataFault[] = [];
  count = 0;
  private firstCode: DataErrorCode = 'data/bad-number';

  add(code: DataErrorCode, fault: DataFault): void {
    if (this.count === 0) this.firstCode = code;
    this.count++;
    if (this.faults.length < kept) this.faults.push(fault);
  }

  /** Forgets the faults after the first `count`: the record they were in is read again when it is complete. */
  truncate(count: number): void {
    this.count = count;
    this.faults.length = Math.min(this.faults.length, count);
  }

  /** The error for all of them: the first in full, the others by place. */
  toError(file: string, advice: string): DataError {
    const first = this.faults[0]!;
    const others = this.faults.slice(1).map(placeOf).join(', ');
    const rest =
      this.count > 1 ? ` (${this.count} faults in all; next: ${others}${this.count > kept ? ', …' : ''})` : '';
    return new DataError(this.firstCode, `${file}: ${placeOf(first)}: ${first.reason}${rest}. ${advice}`, {
      file,
      ...(first.line === undefined ? {} : { line: first.line }),
      ...(first.row === undefined ? {} : { row: first.row }),
      ...(first.column === undefined ? {} : { column: first.column }),
      ...(first.value === undefined ? {} : { value: first.value }),
      count: this.count,
      faults: this.faults,
    });
  }
}

function placeOf(fault: DataFault): string {
  const place = fault.line === undefined ? `row ${fault.row}` : `line ${fault.line}`;
  return fault.column === undefined ? place : `${place}, column '${fault.column}'`;
}
