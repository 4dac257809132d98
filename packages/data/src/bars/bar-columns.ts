/** The parts of a price bar. */
export const barParts = ['open', 'high', 'low', 'close', 'volume'] as const;
/** A part of a price bar. */
export type BarPart = (typeof barParts)[number];
/** The columns of a table that are price bars, by part; `volume` only where there is one. */
export type BarColumns = Readonly<Partial<Record<BarPart, Float64Array>>>;

const short: Readonly<Record<string, BarPart>> = { o: 'open', h: 'high', l: 'low', c: 'close', v: 'volume' };

/**
 * Which columns are the parts of a price bar, by name: `Open`, `<OPEN>`, `1. open`, `Close*`, or `o h l c v` alone. Empty
 * unless open, high, low and close are all there, once each.
 */
export function barColumnsAmong(names: readonly string[]): ReadonlyMap<string, BarPart> {
  return (
    withAll(names, (name) => barParts.find((part) => part === plainName(name))) ??
    withAll(names, (name) => short[name.toLowerCase()]) ??
    new Map()
  );
}

function withAll(
  names: readonly string[],
  partOf: (name: string) => BarPart | undefined,
): Map<string, BarPart> | undefined {
  const found = new Map<string, BarPart>();
  for (const name of names) {
    const part = partOf(name);
    if (part !== undefined && ![...found.values()].includes(part)) found.set(name, part);
  }
  const parts = [...found.values()];
  return (['open', 'high', 'low', 'close'] as const).every((part) => parts.includes(part)) ? found : undefined;
}

const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^[<\s]*(\d+[a-z]?\.\s*)?/, '')
    .replace(/[>*\s]+$/, '');
