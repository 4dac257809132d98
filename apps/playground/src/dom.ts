/** Attributes of an element; functions are listeners. Texts become text nodes: nothing is ever parsed as HTML. */
type Attributes = Readonly<Record<string, string | number | boolean | ((event: Event) => void) | undefined>>;

/** The element of index.html with this id. */
export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no #${id}`);
  return found as E;
}

/** Makes an element. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (typeof value === 'boolean') made.toggleAttribute(name, value);
    else if (value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/** A table with a caption; the first cell of a row is its header. */
export function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  const scope = (name: string, text: string): HTMLElement => element('th', { scope: name }, text);
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    element(
      'table',
      {},
      element('caption', {}, caption),
      element('thead', {}, element('tr', {}, ...head.map((text) => scope('col', text)))),
      element(
        'tbody',
        {},
        ...rows.map(([first = '', ...cells]) =>
          element('tr', {}, scope('row', first), ...cells.map((text) => element('td', {}, text))),
        ),
      ),
    ),
  );
}

/** Gives the browser's user a file. */
export function download(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  element('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000); // some browsers read it after the click
}

/** Four digits, for people. */
export const short = (value: number): string =>
  Number.isFinite(value) ? Number(value.toPrecision(4)).toLocaleString('en-GB', { maximumSignificantDigits: 4 }) : '–';
