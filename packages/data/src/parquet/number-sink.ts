import type { PageSink } from './flat-column.ts';
import type { NumberForm } from './number-form.ts';
import { dictionaryCodes, type PageValues, spreadPresent } from './page-values.ts';
import { plainNumbers } from './plain-numbers.ts';

/** Numbers and times; empty cells are NaN. */
export class NumberSink implements PageSink<Float64Array> {
  private readonly form: NumberForm;
  private values: Float64Array | undefined;

  constructor(form: NumberForm) {
    this.form = form;
  }

  dictionary(bytes: Uint8Array, count: number): void {
    // Checked before the room is made: a damaged count must not ask for gigabytes.
    if (count > bytes.length) throw new Error(`a dictionary of ${count} values in ${bytes.length} bytes`);
    this.values = new Float64Array(count);
    plainNumbers(this.form, bytes, count, this.values, 0);
  }

  page(values: PageValues, isCoded: boolean, out: Float64Array, at: number): void {
    if (isCoded) {
      const dictionary = this.values ?? new Float64Array();
      const codes = dictionaryCodes(values, dictionary.length);
      for (let k = 0; k < codes.length; k++) out[at + k] = dictionary[codes[k]!]!;
    } else plainNumbers(this.form, values.bytes, values.present, out, at);
    spreadPresent(out, at, values, Number.NaN);
  }
}
