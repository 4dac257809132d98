import type { Plot } from '../plot/plot.ts';
import type { ReportWalk } from '../report.ts';

/** Forecasts of the past beside what came. */
export function plotOfWalk({ at, actual, methods }: ReportWalk, name: string): Plot {
  const [first, ...others] = methods;
  return {
    title: `${name}: what was forecast, and what came`,
    description: `What came, and what was forecast of it by ${methods.map(({ method }) => method).join(' and ')}.`,
    lines: [
      { name: 'what came', ...actual, role: 'known' },
      ...(first === undefined ? [] : [{ name: first.method, at, values: first.values, role: 'forecast' as const }]),
      ...others.map(({ method, values }) => ({ name: method, at, values, isDashed: true })),
    ],
  };
}
