const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 1234567.8 → 1,234,568 */
export const whole = (value: number): string => grouped.format(value);

/** Four significant digits for small numbers, whole ones above 1,000: what fits a table. What is no number is `–`. */
export function short(value: number | null | undefined): string {
  if (value == null || !Number.isFinite(value)) return '–';
  return Math.abs(value) >= 1000 ? whole(value) : String(Number(value.toPrecision(4)));
}

/** 0.2346 → 23.5 % */
export const percent = (share: number | null | undefined): string =>
  share == null || !Number.isFinite(share) ? '–' : `${(100 * share).toFixed(1)} %`;

/** 75 → 1 min 15 s */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const rounded = Math.max(Math.round(seconds), 0);
  if (rounded < 60) return seconds < 9.95 ? `${seconds.toFixed(1)} s` : `${rounded} s`;
  return `${Math.floor(rounded / 60)} min ${String(rounded % 60).padStart(2, '0')} s`;
}

/** Of a test: `p < 0.001` or `p = 0.042`. */
export const probability = (value: number): string => (value < 0.001 ? 'p < 0.001' : `p = ${value.toFixed(3)}`);
