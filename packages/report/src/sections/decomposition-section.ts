import { figure } from '../markup/figure.ts';
import { html, type Markup } from '../markup/html.ts';
import type { Report, ReportSeries } from '../report.ts';
import { short } from '../words/numbers.ts';
import { type Section, timeAxis, timeText } from './section.ts';

/** What a forecast is the sum of, for the first series whose model can say. */
export function decompositionSection(report: Report): Section | null {
  const one = report.forecast?.series.find(({ parts }) => (parts?.length ?? 0) > 0);
  if (one === undefined) return null;
  const isNamed = report.forecast!.seriesForecast > 1;
  return {
    id: 'decomposition',
    title: 'What the forecast is made of',
    body: html`<p>The forecast${isNamed && html` of <b>${one.id}</b>`} is the sum of these parts, in this order. Each is drawn on a scale of its own.</p>
${one.parts!.map((part, index) => drawn(report, one, part, index))}`,
  };
}

/** A part that is the same everywhere needs no picture. */
function drawn(
  report: Report,
  { ahead }: ReportSeries,
  { name, values }: NonNullable<ReportSeries['parts']>[number],
  index: number,
): Markup {
  const [first] = values;
  if (values.every((value) => value === first))
    return html`<p class="part"><b>${name}</b>: ${short(first)} at every time step</p>`;
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return figure({
    id: `part-${index}`,
    height: 90,
    plot: {
      title: name,
      description: `What ${name} adds to the forecast: up to ${short(size)} up or down.`,
      ...timeAxis(report),
      lines: [{ name, at: ahead.at, values, role: 'forecast' }],
    },
    numbers: {
      caption: `${name}: what it adds at each time step`,
      columns: ['time', name],
      rows: ahead.at.map((time, step) => [timeText(report, time), short(values[step])]),
    },
  });
}
