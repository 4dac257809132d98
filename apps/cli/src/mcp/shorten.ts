/** What an answer does not repeat of a result: where, how many there are, how many it holds. */
export interface Shortened {
  readonly path: string;
  readonly of: number;
  readonly kept: number;
}

const longestList = 24;
const longestTable = 60;
const longestText = 4000;

/** Answers are read by models: lists that grow with the data are cut, and that is said. The files have everything. */
export function shorten(value: unknown): { readonly result: unknown; readonly shortened: readonly Shortened[] } {
  const shortened: Shortened[] = [];
  const cut = (path: string, of: number, kept: number): number => {
    if (of > kept) shortened.push({ path, of, kept });
    return kept;
  };
  const short = (item: unknown, path: string): unknown => {
    if (typeof item === 'string')
      return item.length > longestText ? `${item.slice(0, cut(path, item.length, longestText))}…` : item;
    if (typeof item !== 'object' || item === null) return item;
    if (Array.isArray(item))
      return item.slice(0, cut(path, item.length, longestList)).map((one, index) => short(one, `${path}[${index}]`));
    const entries = Object.entries(item);
    return Object.fromEntries(
      entries
        .slice(0, cut(path, entries.length, longestTable))
        .map(([key, one]) => [key, short(one, `${path}.${key}`)]),
    );
  };
  return { result: short(value, 'result'), shortened: shortened.slice(0, longestList) };
}
