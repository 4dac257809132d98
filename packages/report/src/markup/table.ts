import { whole } from '../words/numbers.ts';
import { type Content, html, type Markup } from './html.ts';

/** A table: the first column names the rows, the others are numbers unless `isText` says otherwise. */
export interface Table {
  /** Unique on the page. */
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Content[])[];
  /** Columns of words, to the left. */
  readonly isText?: (column: number) => boolean;
  /** Rows that stand out. */
  readonly isMarked?: (row: number) => boolean;
  /** Rows at most; that there are more is told. */
  readonly most?: number;
  /** Rows that were left out before. */
  readonly leftOut?: { readonly count: number; readonly what: string };
}

/** Rows of a table at most: a page of thousands of them is not read. */
const mostRows = 200;

/** A table that scrolls sideways in its own place where it is too wide, by keyboard too. */
export function table({ id, caption, columns, rows, most = mostRows, ...more }: Table): Markup {
  const { isText = () => false, isMarked = () => false, leftOut } = more;
  const align = (column: number): Content => (column === 0 || isText(column) ? '' : html` class="number"`);
  const shown = rows.slice(0, most);
  const rest = leftOut ?? { count: rows.length - shown.length, what: 'more rows are not listed' };
  return html`<div class="scroll" role="group" tabindex="0" aria-labelledby="${id}-caption">
<table><caption id="${id}-caption"><span>${caption}</span></caption>
<thead><tr>${columns.map((name, column) => html`<th scope="col"${align(column)}>${name}</th>`)}</tr></thead>
<tbody>${shown.map(
    (cells, row) =>
      html`<tr${isMarked(row) && html` class="marked"`}>${cells.map((cell, column) => (column === 0 ? html`<th scope="row">${cell}</th>` : html`<td${align(column)}>${cell}</td>`))}</tr>
`,
  )}</tbody></table></div>${rest.count > 0 && html`<p class="rest">${whole(rest.count)} ${rest.what}.</p>`}`;
}
