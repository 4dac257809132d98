/** A price bar. */
export interface Bar {
  readonly ms: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Twelve hourly bars, in order. */
export const start: number = Date.UTC(2024, 0, 1);
export const bars: readonly Bar[] = Array.from({ length: 12 }, (_, hour) => {
  const [open, close] = [100 + (hour % 5), 100 + ((hour + 1) % 5)];
  return {
    ms: start + hour * 3_600_000,
    open,
    high: Math.max(open, close) + 0.5,
    low: Math.min(open, close) - 0.5,
    close,
    volume: 10 + hour,
  };
});
export const closes: readonly number[] = bars.map(({ close }) => close);
export const iso = ({ ms }: Bar): string => new Date(ms).toISOString();
export const day = (_: Bar, index: number): string => new Date(start + index * 86_400_000).toISOString().slice(0, 10);
export const list = ({ ms, open, high, low, close, volume }: Bar): readonly number[] => [
  ms,
  open,
  high,
  low,
  close,
  volume,
];
