const day = 86_400_000;

/** UTC dates from one to another (ISO texts, both included). */
export function datesBetween(first: string, last: string): Date[] {
  const dates: Date[] = [];
  for (let time = Date.parse(first); time <= Date.parse(last); time += day) dates.push(new Date(time));
  return dates;
}

export const isWeekday = (date: Date): boolean => date.getUTCDay() % 6 !== 0;

/** `2020-01-31`. */
export const isoDay = (date: Date): string => date.toISOString().slice(0, 10);

/** The days of months `first` to `first + count − 1` (counted from January of year 0) that `pick` chooses of each. */
export function monthly(first: number, count: number, pick: (days: readonly Date[]) => Date, every = 1): string[] {
  return Array.from({ length: count }, (_, k) => {
    const month = first + k * every;
    const [year, index] = [Math.floor(month / 12), ((month % 12) + 12) % 12];
    const length = new Date(Date.UTC(year, index + 1, 0)).getUTCDate();
    return isoDay(pick(Array.from({ length }, (__, at) => new Date(Date.UTC(year, index, at + 1)))));
  });
}

/** A CSV of `ds,y` with a value for each time. */
export function timesCsv(times: readonly string[]): string {
  return `ds,y\n${times.map((time, step) => `${time},${step % 7}`).join('\n')}\n`;
}
