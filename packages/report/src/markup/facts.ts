import { type Content, html, type Markup } from './html.ts';

/** Names and what they are; pairs of which the second is not there are left out. */
export const facts = (pairs: readonly (readonly [name: string, value: Content])[]): Markup =>
  html`<dl>${pairs
    .filter(([, value]) => value !== undefined && value !== null && value !== false && value !== '')
    .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
