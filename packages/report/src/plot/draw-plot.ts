import { area, line } from 'd3-shape';
import { html, type Markup } from '../markup/html.ts';
import { type Axis, xAxis, yAxis } from './axes.ts';
import { type LegendEntry, legend } from './legend.ts';
import type { Palette } from './palette.ts';
import type { Plot, PlotBand, PlotLine } from './plot.ts';
import { thin } from './thin.ts';

/** How a plot looks: its size in pixels, its colours. */
export interface Look {
  readonly width: number;
  /** Of the part with the lines. */
  readonly height: number;
  readonly palette: Palette;
  /** Whether the title is drawn; else it stands beside the picture. */
  readonly hasTitle: boolean;
  /** Goes before the ids of the parts that are named. */
  readonly id: string;
}

export const fontSize = 12;
/** Width of a letter: of most fonts and texts a little less. */
export const letter = 6.8;

/** A plot as an SVG element, with its title and description for those who cannot see it. */
export function drawPlot(plot: Plot, look: Look): Markup {
  const { width, palette, hasTitle, id } = look;
  const names = legend(entries(plot, palette), width - 2 * edge, hasTitle ? 48 : 16);
  const top = names.bottom + (plot.yTitle === undefined ? 12 : 28);
  const bottom = top + look.height;
  const height = bottom + (plot.xTitle === undefined ? 28 : 46);
  const y = yAxis(plot, [bottom, top], look.height < 150 ? 3 : 6);
  const left = edge + 8 + letter * Math.max(...y.ticks.map(({ label }) => label.length), 1);
  const right = width - edge;
  const x = xAxis(plot, [left, right], 92);
  const bands = [...(plot.bands ?? [])].reverse();
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${palette.fonts}" font-size="${fontSize}" fill="${palette.text}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${plot.title}</title><desc id="${id}-desc">${plot.description ?? plot.lines.map(({ name }) => name).join(', ')}</desc>
${palette.background !== null && html`<rect width="${width}" height="${height}" fill="${palette.background}"/>`}
${hasTitle && html`<text x="${edge}" y="24" font-size="15" font-weight="600">${cut(plot.title, (width - 2 * edge) / 8.6)}</text>`}
${names.drawing}
${plot.yTitle !== undefined && html`<text x="${edge}" y="${names.bottom + 14}" fill="${palette.quiet}">${cut(plot.yTitle, (width - 2 * edge) / letter)}</text>`}
${grid(y, left, right, palette)}
${xLabels(x, bottom, right, palette)}
${plot.xTitle !== undefined && html`<text x="${right}" y="${height - 8}" text-anchor="end" fill="${palette.quiet}">${plot.xTitle}</text>`}
${bands.map((band) => drawBand(band, x, y, palette))}
${plot.lines.map((each, i) => drawLine(each, colourOf(each, i, palette), x, y, right - left))}
</svg>`;
}

const edge = 12;

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function colourOf({ role }: PlotLine, index: number, { known, forecast, others }: Palette): string {
  return role === undefined ? others[index % others.length]! : { known, forecast }[role];
}

function entries({ lines, bands = [] }: Plot, palette: Palette): LegendEntry[] {
  const ofLines = lines.map((each, i) => ({
    name: each.name,
    colour: colourOf(each, i, palette),
    dash: each.isDashed ? dash : null,
    opacity: 1,
  }));
  const ofBands = bands.map(({ name }, i) => ({
    name,
    colour: palette.forecast,
    dash: null,
    // Narrow intervals lie on the wider ones, which shine through.
    opacity: 1 - (1 - bandOpacity) ** (bands.length - i),
  }));
  return [...ofLines, ...ofBands];
}

const bandOpacity = 0.22;
const dash = '5 4';

const grid = ({ ticks }: Axis, left: number, right: number, palette: Palette): Markup[] =>
  ticks.map(
    ({ place, label }) =>
      html`<line x1="${left}" x2="${right}" y1="${round(place)}" y2="${round(place)}" stroke="${palette.grid}"/><text x="${left - 8}" y="${round(place + 4)}" text-anchor="end" fill="${palette.quiet}">${label}</text>`,
  );

/** A label that would leave the picture ends at its edge. */
const xLabels = ({ ticks }: Axis, bottom: number, right: number, palette: Palette): Markup[] =>
  ticks.map(({ place, label }) => {
    const isLast = place + (label.length * letter) / 2 > right + edge;
    return html`<line x1="${round(place)}" x2="${round(place)}" y1="${bottom}" y2="${bottom + 5}" stroke="${palette.quiet}"/><text x="${isLast ? right : round(place)}" y="${bottom + 20}" text-anchor="${isLast ? 'end' : 'middle'}" fill="${palette.quiet}">${label}</text>`;
  });

function drawLine(each: PlotLine, colour: string, x: Axis, y: Axis, pixels: number): Markup {
  const path = line<readonly [number, number]>()
    .defined(([, value]) => Number.isFinite(value))
    .x(([at]) => round(x.place(at)))
    .y(([, value]) => round(y.place(value)));
  const points = thin(
    each.at.map((at, k) => [at, each.values[k] ?? Number.NaN] as const),
    2 * pixels,
  );
  const width = each.role === 'forecast' ? 2.4 : 1.6;
  return html`<path class="line" d="${path(points) ?? ''}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linejoin="round" stroke-linecap="round"${each.isDashed && html` stroke-dasharray="${dash}"`}/>`;
}

function drawBand({ name, at, lower, upper }: PlotBand, x: Axis, y: Axis, palette: Palette): Markup {
  const fan = area<readonly [number, number, number]>()
    .defined(([, low, high]) => Number.isFinite(low) && Number.isFinite(high))
    .x(([time]) => round(x.place(time)))
    .y0(([, low]) => round(y.place(low)))
    .y1(([, , high]) => round(y.place(high)));
  const points = at.map((time, k) => [time, lower[k]!, upper[k]!] as const);
  return html`<path class="band" d="${fan(points) ?? ''}" fill="${palette.forecast}" fill-opacity="${bandOpacity}"><title>${name}</title></path>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
