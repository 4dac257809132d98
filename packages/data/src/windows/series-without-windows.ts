import type { Windows } from './indexed-windows.ts';

/** Ids of the series that have no window: too short, or with too little available. Nothing is learned from them. */
export function seriesWithoutWindows(windows: Windows): string[] {
  const { bounds, set } = windows;
  return set.ids.filter((_, series) => bounds[series] === bounds[series + 1]);
}
