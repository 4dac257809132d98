import { renderReport } from '@nt/data';
import { facts } from '../markup/facts.ts';
import { html } from '../markup/html.ts';
import type { Report } from '../report.ts';
import { whole } from '../words/numbers.ts';
import type { Section } from './section.ts';

/** What was read, and what was done with every row. */
export function dataSection({ data }: Report): Section | null {
  if (data === undefined) return null;
  const { columns } = data;
  // The first three lines are what the facts say.
  const findings = renderReport(data).slice(3);
  const names = (list: readonly string[]): string | undefined =>
    list.length === 0
      ? undefined
      : `${list.slice(0, mostNames).join(', ')}${list.length > mostNames ? ` and ${list.length - mostNames} more` : ''}`;
  return {
    id: 'data',
    title: 'Data',
    body: html`${facts([
      ['Source', data.source],
      ['Format', data.format],
      ['Rows', `${whole(data.rowsRead)} read, ${whole(data.rowsRejected)} rejected`],
      ['Target', names(columns.targets)],
      ['Time column', columns.time ?? 'none: the order of the rows'],
      ['Series column', columns.id],
      ['Covariates of the past', names(columns.historic)],
      ['Covariates known ahead', names(columns.future)],
      ['Static covariates', names(columns.static)],
      ['Columns not used', names(columns.unused)],
      ['Series', whole(data.series)],
      [
        'Length',
        data.shortestSeries === data.longestSeries
          ? `${whole(data.longestSeries)} time steps`
          : `${whole(data.shortestSeries)} (${data.shortestId}) to ${whole(data.longestSeries)} time steps`,
      ],
      ['Frequency', data.frequency],
      ['Span', data.firstTime && `${data.firstTime} to ${data.lastTime}`],
    ])}
${findings.length === 0 ? html`<p>Nothing had to be mended.</p>` : html`<p>What was found, and what was done about it:</p><ul>${findings.map((line) => html`<li>${line}</li>`)}</ul>`}`,
  };
}

const mostNames = 12;
