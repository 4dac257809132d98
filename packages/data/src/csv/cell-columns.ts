import type { CellKind } from './scanner-options.ts';
import { TextDictionary } from './text-dictionary.ts';

/** Typed columns that grow together; kinds that are not kept have none. */
export class CellColumns {
  readonly values: (Float64Array | null)[];
  readonly codes: (Int32Array | null)[];
  readonly dictionaries: (TextDictionary | null)[];
  capacity = 0;

  constructor(kinds: readonly CellKind[]) {
    this.values = kinds.map((kind) => (kind !== 'skip' && kind !== 'text' ? new Float64Array() : null));
    this.codes = kinds.map((kind) => (kind === 'text' ? new Int32Array() : null));
    this.dictionaries = kinds.map((kind) => (kind === 'text' ? new TextDictionary() : null));
  }

  /** Makes room for `rows` rows; what is stored stays. */
  reserve(rows: number): void {
    if (rows <= this.capacity) return;
    this.capacity = rows;
    for (let k = 0; k < this.values.length; k++) {
      const values = this.values[k];
      const codes = this.codes[k];
      if (values) {
        const larger = new Float64Array(rows);
        larger.set(values);
        this.values[k] = larger;
      }
      if (codes) {
        const larger = new Int32Array(rows);
        larger.set(codes);
        this.codes[k] = larger;
      }
    }
  }
}
