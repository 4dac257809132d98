import { textOfKey, timesAsTexts } from '../source/loose-cells.ts';
import type { LooseCells } from '../source/loose-column.ts';

/** The first cells of a column as texts, those that have a value: as many as of a CSV file are looked at. */
export function firstTexts(column: LooseCells): string[] {
  const cells = timesAsTexts(column);
  const texts = Array.from({ length: Math.min(cells.length, 311) }, (_, row) => textOfKey(cells[row]));
  return texts.filter((text) => text !== '');
}
