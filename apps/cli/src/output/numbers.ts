const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 1234567.8 → 1,234,568 */
export const whole = (value: number): string => grouped.format(value);

/** Four significant digits for small numbers, whole ones above 1,000: what fits a table. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return Math.abs(value) >= 1000 ? whole(value) : String(Number(value.toPrecision(4)));
}

/** 75 → 1m 15s */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const rounded = Math.max(Math.round(seconds), 0);
  if (rounded < 60) return seconds < 9.95 ? `${seconds.toFixed(1)} s` : `${rounded} s`;
  return `${Math.floor(rounded / 60)} min ${String(rounded % 60).padStart(2, '0')} s`;
}
