import { numberHint } from '../csv/parse-number.ts';
import type { ColumnGlimpse } from './column-glimpse.ts';

/** Why the columns of texts are no candidates: the reason is often a sign in what is meant as a number. */
export function describeTexts(left: readonly ColumnGlimpse[]): string {
  const near = left.filter((column) => column.hint !== undefined);
  const shown = (near.length > 0 ? near : left).slice(0, 3).map(({ name, look, example, hint }) => {
    if (look === 'empty') return `column '${name}' has no value in the first rows`;
    if (example === undefined) return '';
    const said = hint ?? (/^[+-]?\d/.test(example) ? numberHint(example, { decimal: '.' }) : '');
    return `column '${name}' holds "${cut(example)}", not a number${said}`;
  });
  const said = shown.filter((text) => text !== '');
  return said.length === 0 ? '' : `; ${said.join('; ')}`;
}

/** A text short enough for a message. */
export function cut(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
