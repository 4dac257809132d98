const day = 86_400_000;
/** Steps that times of a table are on, longest first, in milliseconds. */
const steps = [60, 30, 15, 10, 5, 1].map((minutes) => minutes * 60_000).concat(1000, 100);

/**
 * Serial dates that were written with few digits, back at the times that they stand for (in place): 45000.041667 is one
 * o'clock, not 28.8 ms past it, and a series of such hours has no step otherwise. All of them are moved to the longest
 * step that none is farther from than its digits leave open.
 *
 * @param time milliseconds, as `epochTime` reads serial dates
 * @returns the notice that times were moved, if any were
 */
export function roundSerialDates(column: string, time: Float64Array): string[] {
  const digits = digitsOf(time);
  if (digits === undefined) return [];
  const open = day * 0.5 * 10 ** -digits + 0.5;
  const step = steps.find((length) => length > 2 * open && time.every((value) => distance(value, length) <= open));
  if (step === undefined || time.every((value) => distance(value, step) === 0)) return [];
  for (let row = 0; row < time.length; row++) time[row] = Math.round(time[row]! / step) * step;
  return [
    `column '${column}' holds serial dates with ${digits} digits behind the point: times are read to ${describe(step)}`,
  ];
}

function describe(step: number): string {
  if (step % 60_000 !== 0) return step === 1000 ? 'the second' : 'a tenth of a second';
  return step === 60_000 ? 'the minute' : `${step / 60_000} minutes`;
}

/** The digits behind the point that give all serial dates back to the millisecond; undefined beyond seven. */
function digitsOf(time: Float64Array): number | undefined {
  for (let digits = 1; digits <= 7; digits++) {
    const unit = day / 10 ** digits;
    if (time.every((value) => distance(value, unit) <= 0.51)) return digits;
  }
  return undefined;
}

function distance(value: number, step: number): number {
  return Math.abs(value - Math.round(value / step) * step);
}
