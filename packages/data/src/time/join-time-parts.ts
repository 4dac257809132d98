/** Parts of a year that are no months, by the name of their column, and how a time with one is written. */
const partsOfYear: readonly (readonly [RegExp, RegExp, (year: string, part: string) => string])[] = [
  [/quarter|quartal|trimest|^q(tr)?$/i, /^q?[1-4]$/i, (year, part) => `${year}Q${part.slice(-1)}`],
  [
    /week|woche|semaine|semana|^kw$|^wk?$/i,
    /^w?\d{1,2}$/i,
    (year, part) => `${year}-W${part.slice(-2).replace(/\D/, '').padStart(2, '0')}`,
  ],
  [/day|doy|julian/i, /^\d{1,3}$/, (year, part) => `${year}-${part.padStart(3, '0')}`],
];

/**
 * One text of the columns that make up a time: a date and a clock (`13:30`, `1330`, or the hour alone), a year and its
 * quarter, week or day (by the name of the column), or year, month, day, hour, minute and second as numbers.
 */
export function joinTimeParts(parts: readonly string[], names: readonly string[]): string {
  const numbers = parts.map((part) => part.trim().replace(/\.0+$/, ''));
  if (/^\d{4}$/.test(numbers[0]!)) {
    const part = partsOfYear.find(([name]) => name.test(names[1]!));
    if (part?.[1].test(numbers[1]!) && parts.length === 2) return part[2](numbers[0]!, numbers[1]!);
    if (part) return parts.join(' ');
    if (numbers.slice(1).every((number) => /^\d{1,2}$/.test(number))) return fromNumbers(numbers);
  }
  const [date, clock, ...rest] = parts.map((part) => part.trim());
  // A date that a spreadsheet or a database wrote as a time carries midnight.
  const plain = date!.replace(/[T ]00:00(:00(\.0+)?)?$/, '');
  if (rest.length > 0 && [clock!, ...rest].every((part) => /^\d{1,2}(\.0+)?$/.test(part)))
    return `${plain} ${[clock!, ...rest].map((part) => part.replace(/\.0+$/, '').padStart(2, '0')).join(':')}`;
  return [plain, clockText(clock!), ...rest].join(' ');
}

function fromNumbers([year, month, day, hour, minute, second]: readonly string[]): string {
  const two = (part: string | undefined, none: string) => (part ?? none).padStart(2, '0');
  const date = `${year}-${two(month, '1')}-${two(day, '1')}`;
  return hour === undefined ? date : `${date} ${two(hour, '0')}:${two(minute, '0')}:${two(second, '0')}`;
}

/** The hour that ends at a clock time (`HE01`) is that hour, as in hours from 1 to 24; of `00:00-01:00` the begin. */
function clockText(text: string): string {
  const begin = /^(\d{1,2}:\d\d)\s*[-–]\s*\d{1,2}:\d\d$/.exec(text)?.[1];
  if (begin) return begin;
  const digits = text.replace(/\.0+$/, '').replace(/^HE\s?/i, '');
  if (/^\d{1,2}$/.test(digits)) return `${digits.padStart(2, '0')}:00`;
  if (/^\d{3,4}$/.test(digits)) return `${digits.slice(0, -2).padStart(2, '0')}:${digits.slice(-2)}`;
  if (/^\d{5,6}$/.test(digits))
    return `${digits.slice(0, -4).padStart(2, '0')}:${digits.slice(-4, -2)}:${digits.slice(-2)}`;
  return text;
}
