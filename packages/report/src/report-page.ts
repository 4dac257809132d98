import { html, Markup } from './markup/html.ts';
import { style } from './markup/style.ts';
import type { Report } from './report.ts';
import { backtestSection } from './sections/backtest-section.ts';
import { comparisonSection } from './sections/comparison-section.ts';
import { coverageSection } from './sections/coverage-section.ts';
import { dataSection } from './sections/data-section.ts';
import { decompositionSection } from './sections/decomposition-section.ts';
import { errorsSection } from './sections/errors-section.ts';
import { forecastSection } from './sections/forecast-section.ts';
import { originSection } from './sections/origin-section.ts';
import { recipeSection } from './sections/recipe-section.ts';
import type { Section } from './sections/section.ts';
import { tradingSection } from './sections/trading-section.ts';
import { trainingSection } from './sections/training-section.ts';
import { evaluationVerdict } from './words/evaluation-verdict.ts';

/** The parts of the page in their order: what is asked first comes first. */
const sections: readonly ((report: Report) => Section | null)[] = [
  forecastSection,
  comparisonSection,
  coverageSection,
  backtestSection,
  errorsSection,
  tradingSection,
  decompositionSection,
  recipeSection,
  trainingSection,
  dataSection,
  originSection,
];

/**
 * A report as one HTML page that needs nothing else: no network, no script, light or dark as the reader's system is, for
 * screens, phones, paper and screen readers. What is not in the report is not on the page.
 *
 * Texts of users and files are escaped. Panels are capped, and what was left out is told: six forecasts, twenty series of
 * a table of errors, a few hundred points of a line.
 *
 * @returns the file's content, UTF-8; the same report gives the same page
 */
export function reportPage(report: Report): string {
  const there = sections.flatMap((make) => make(report) ?? []);
  const { title, created, notices = [] } = report;
  return `<!DOCTYPE html>\n${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
${created !== undefined && html`<p class="quiet">${created}</p>`}
${verdict(report)}
${notices.length > 0 && html`<div class="notices"><h2 id="notices">To know before trusting it</h2><ul>${notices.map((notice) => html`<li>${notice}</li>`)}</ul></div>`}
</header>
${there.length > 1 && html`<nav aria-label="Contents"><ul>${there.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>`}
<main>
${there.map(
  ({ id, title: name, body }) => html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${name}</h2>
${body}
</section>
`,
)}
</main>
<footer>Made by @nt/report. The page loads nothing and runs no script.</footer>
</body>
</html>
`.text
  }`;
}

/** The first thing that one wants to know, in words and not in colour alone. */
function verdict({ evaluation }: Report): Markup | null {
  if (evaluation === undefined) return null;
  const kind = evaluation.skill?.verdict ?? 'unclear';
  const said = evaluationVerdict(evaluation);
  return html`<p class="verdict ${said.startsWith('Nothing beats') ? 'worse' : kind}">${said}</p>`;
}
