import { html, type Markup } from '../markup/html.ts';

/** A name with its mark. */
export interface LegendEntry {
  readonly name: string;
  readonly colour: string;
  readonly dash: string | null;
  /** 1 for lines; bands are paler. */
  readonly opacity: number;
}

const mark = 18;
const letter = 6.8;
const row = 20;
const between = 18;

/** Names of lines and bands beside their marks, in as many rows as they need. One line alone needs no legend. */
export function legend(
  entries: readonly LegendEntry[],
  width: number,
  top: number,
): { readonly drawing: readonly Markup[]; readonly bottom: number } {
  if (entries.length < 2) return { drawing: [], bottom: top - row + 4 };
  let [x, y] = [12, top];
  const drawing = entries.map(({ name, colour, dash, opacity }) => {
    const most = Math.floor((width - mark - 8) / letter);
    const text = name.length > most ? `${name.slice(0, most - 1)}…` : name;
    const needed = mark + 6 + text.length * letter;
    if (x > 12 && x + needed > width + 12) [x, y] = [12, y + row];
    const [left, middle] = [x, y - 4];
    x += needed + between;
    const sign =
      opacity === 1
        ? html`<line x1="${left}" x2="${left + mark}" y1="${middle}" y2="${middle}" stroke="${colour}" stroke-width="3"${dash !== null && html` stroke-dasharray="${dash}"`}/>`
        : html`<rect x="${left}" y="${middle - 6}" width="${mark}" height="12" fill="${colour}" fill-opacity="${Math.round(opacity * 100) / 100}"/>`;
    return html`${sign}<text x="${left + mark + 6}" y="${y}">${text}</text>`;
  });
  return { drawing, bottom: y + 4 };
}
