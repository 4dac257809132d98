export const longMonths: readonly string[] =
  'January February March April May June July August September October November December'.split(' ');
export const shortMonths: readonly string[] = longMonths.map((name) => name.slice(0, 3));

/**
 * Languages in which no name of a month is that of another month in another of them. Polish and Czech are none: their
 * listopad is November, that of Croatia October.
 */
const languages = ['de', 'de-AT', 'fr', 'es', 'pt', 'it', 'nl', 'sv', 'da', 'nb'];
/** As spreadsheets shorten them where `Intl` does not. */
const ofSpreadsheets = 'Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez'.split(' ');

/** Filled when a month is met that is not English: most files have none. */
const lists: (readonly string[])[] = [];
const numbers: Map<string, number> = new Map();

/** The number of a month by its name, in full or short, English or of another language; 0 when it is none. */
export function monthNumber(name: string): number {
  const letters = plain(name);
  const english = longMonths.findIndex((full) => full.toLowerCase() === letters || letters === shortOf(full)) + 1;
  if (english > 0 || letters === 'sept') return english || 9;
  if (numbers.size === 0) learnNumbers([...otherLists(), ofSpreadsheets]);
  return numbers.get(letters) ?? 0;
}

/** The twelve names in which all months of some texts are written; undefined for English ones and for texts without. */
export function monthsOf(texts: readonly string[]): readonly string[] | undefined {
  const words = [...new Set(texts.flatMap((text) => /\p{L}{3,}\.?/u.exec(text)?.[0] ?? []))];
  const isEnglish = (word: string) =>
    [...longMonths.map(shortOf), ...longMonths].some((one) => plain(one) === plain(word));
  if (words.length === 0 || words.every(isEnglish)) return undefined;
  return [...otherLists(), ofSpreadsheets]
    .flatMap((list) => [list, list.map((name) => name.replace(/\.$/, ''))])
    .flatMap((list) => [
      list,
      list.map((name) => name[0]!.toUpperCase() + name.slice(1)),
      list.map((name) => name.toUpperCase()),
    ])
    .find((list) => words.every((word) => list.includes(word)));
}

const shortOf = (full: string): string => full.slice(0, 3).toLowerCase();
const plain = (name: string): string => name.normalize().toLowerCase().replace(/\.$/, '');

function otherLists(): readonly (readonly string[])[] {
  if (lists.length > 0) return lists;
  for (const language of languages) {
    for (const month of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(language, { month, timeZone: 'UTC' });
      lists.push(shortMonths.map((_, at) => format.format(Date.UTC(2000, at, 1))));
    }
  }
  return lists;
}

/** Every name, with and without accents; one that would be two months is none. */
function learnNumbers(all: readonly (readonly string[])[]): void {
  for (const list of all) {
    for (const [at, name] of list.entries()) {
      for (const word of [plain(name), plain(name).normalize('NFD').replace(/\p{M}/gu, '')])
        numbers.set(word, (numbers.get(word) ?? at + 1) === at + 1 ? at + 1 : 0);
    }
  }
}
