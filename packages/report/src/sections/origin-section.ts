import { facts } from '../markup/facts.ts';
import { html, type Markup } from '../markup/html.ts';
import type { Report } from '../report.ts';
import type { Section } from './section.ts';

/** How the same is made again: command, script, and what computed. */
export function originSection({ command, script, environment = {} }: Report): Section | null {
  const pairs = Object.entries(environment);
  const parts = [
    ...(command === undefined ? [] : [code('command', 'The command', command)]),
    ...(script === undefined ? [] : [code('script', 'The same in TypeScript', script)]),
    ...(pairs.length === 0 ? [] : [html`<h3>Environment</h3>${facts(pairs)}`]),
  ];
  return parts.length === 0 ? null : { id: 'origin', title: 'How to make it again', body: parts };
}

const code = (id: string, title: string, text: string): Markup =>
  html`<h3 id="${id}-title">${title}</h3><pre tabindex="0" role="group" aria-labelledby="${id}-title"><code>${text}</code></pre>`;
