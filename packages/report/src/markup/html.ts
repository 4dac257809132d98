import { printable } from '@nt/data';

/** Text that is markup already: made by `html`, never from what a user or a file said. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template. Texts are escaped, lists are joined, what is not there leaves nothing. */
export type Content = Markup | string | number | null | undefined | false | readonly Content[];

/**
 * HTML or SVG from a template: everything that is put in is escaped, in text and in quoted attributes, unless it was made
 * by `html` itself. Signs that control a terminal or turn the direction of writing become visible escapes.
 */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(strings.reduce((before, string, i) => `${before}${rendered(contents[i - 1])}${string}`));
}

function rendered(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (content === null || content === undefined || content === false) return '';
  if (typeof content === 'object') return content.map(rendered).join('');
  return escaped(String(content));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Lines stay lines. */
const escaped = (text: string): string =>
  text
    .split('\n')
    .map((line) => printable(line).replace(/[&<>"']/g, (sign) => entities[sign]!))
    .join('\n');
