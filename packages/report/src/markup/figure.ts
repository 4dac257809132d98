import { drawPlot } from '../plot/draw-plot.ts';
import { page } from '../plot/palette.ts';
import type { Plot } from '../plot/plot.ts';
import { type Content, html, type Markup } from './html.ts';
import { type Table, table } from './table.ts';

/** A picture with what stands around it. */
export interface Figure {
  /** Unique on the page. */
  readonly id: string;
  readonly plot: Plot;
  /** Of the part with the lines, in pixels; default 260. */
  readonly height?: number;
  readonly note?: Content;
  /** Its numbers, for those who want to read them, or cannot see the picture. */
  readonly numbers?: Omit<Table, 'id'>;
}

/**
 * Two drawings, one for screens and one for phones, of which the style sheet shows one: a single one would have letters
 * of five pixels on a phone.
 */
export function figure({ id, plot, height = 260, note, numbers }: Figure): Markup {
  const look = { palette: page, hasTitle: false };
  return html`<figure><figcaption>${plot.title}</figcaption>
<div class="wide">${drawPlot(plot, { ...look, width: 900, height, id: `${id}-wide` })}</div>
<div class="narrow">${drawPlot(plot, { ...look, width: 358, height: Math.round(height * 0.8), id: `${id}-narrow` })}</div>
${note !== undefined && html`<p class="note">${note}</p>`}
${numbers !== undefined && html`<details><summary>Numbers of this figure</summary>${table({ ...numbers, id: `${id}-numbers` })}</details>`}
</figure>`;
}
