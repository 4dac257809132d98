import { badOption } from '../options/option.ts';

/** @throws ForecastError `forecast/option` unless it has the parts of a split, each with the steps where it begins and ends */
export function checkSplitParts(split: unknown): void {
  const parts = (split ?? {}) as Readonly<Record<string, { starts?: ArrayLike<number>; ends?: ArrayLike<number> }>>;
  const isPart = (name: string): boolean => [parts[name]?.starts, parts[name]?.ends].every((one) => one !== undefined);
  if (['train', 'validation', 'test'].every(isPart)) return;
  const expected =
    'parts as splitByTime and walkForward make them: train, validation and test, each with starts and ends';
  throw badOption('split', expected, split);
}
