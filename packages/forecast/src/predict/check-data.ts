import { formatFrequency, type SeriesSet, sameFrequency, seriesValues, timeAt, writeTime } from '@nt/data';
import { ForecastError } from '../forecast-error.ts';
import type { ModelState } from '../saved/model-state.ts';
import type { TrainingData } from '../saved/training-data.ts';
import type { ForecastNotice } from './forecast.ts';

/**
 * The set as the model knows it: a single series has no id but its target's name, and that may be another in a later file.
 */
export function withModelId({ seenUntil, target }: TrainingData, set: SeriesSet): SeriesSet {
  const ids = Object.keys(seenUntil);
  return set.ids.length === 1 && ids.length === 1 && ids[0] === target ? { ...set, ids } : set;
}

/** @throws ForecastError `forecast/frequency` unless the data have the model's frequency */
export function checkFrequency({ frequency }: ModelState['data'], set: SeriesSet): void {
  if (sameFrequency(frequency, set.frequency)) return;
  const [trained, found] = [formatFrequency(frequency), formatFrequency(set.frequency)];
  const steps = (text: string): string => (/^\d/.test(text) ? text : `one ${text}`);
  throw new ForecastError(
    'forecast/frequency',
    `The model was trained on steps of ${steps(trained)}; these data have steps of ${steps(found)}. Give data of the model's frequency, or train a model on these.`,
    { expected: trained, found },
  );
}

/** Ids of the series of which nothing was observed within the look-back. */
export function seriesWithoutValues({ forecaster: { inputSize } }: ModelState, set: SeriesSet): readonly string[] {
  return set.ids.filter((_, series) => seriesValues(set, series).subarray(-inputSize).every(Number.isNaN));
}

/** What a person should know before trusting a forecast of these data by this model. */
export function noticesOf(state: ModelState, set: SeriesSet): ForecastNotice[] {
  const known = withModelId(state.data, set);
  return [
    ...otherName(state, set),
    ...shortSeries(state, set),
    ...newSeries(state, known),
    ...otherTimes(state, known),
    ...unseenLevels(set),
  ];
}

function unseenLevels({ historic, future, static: fixed }: SeriesSet): ForecastNotice[] {
  const texts = [historic, future, fixed].flatMap((covariates) =>
    Object.entries(covariates?.unseen ?? {}).map(([name, levels]) => `${name}: ${listOf(levels)}`),
  );
  if (texts.length === 0) return [];
  return [
    { code: 'unseen-level', message: `texts that were not in the training count as unseen: ${texts.join('; ')}` },
  ];
}

function otherName({ data: { target } }: ModelState, set: SeriesSet): ForecastNotice[] {
  if (set.target === target) return [];
  return [{ code: 'other-target', message: `the target was called '${target}' in the training, here '${set.target}'` }];
}

function shortSeries({ forecaster: { inputSize } }: ModelState, set: SeriesSet): ForecastNotice[] {
  const padded: string[] = [];
  for (const [series, id] of set.ids.entries()) {
    const seen = seriesValues(set, series).subarray(-inputSize);
    if (seen.length < inputSize && !seen.every((value) => Number.isNaN(value)))
      padded.push(`${nameOf(set, id)} (${seen.length})`);
  }
  if (padded.length === 0) return [];
  const message = `fewer than the ${inputSize} time steps that the model looks back; what is missing counts as not observed: ${listOf(padded)}`;
  return [{ code: 'padded', message }];
}

function newSeries({ data: { seenUntil }, forecaster: { scalerScope } }: ModelState, set: SeriesSet): ForecastNotice[] {
  const unknown = set.ids.filter((id) => !Object.hasOwn(seenUntil, id));
  if (unknown.length === 0) return [];
  const how = scalerScope === 'series' ? 'each is scaled by its own rows' : 'they are scaled as those of the training';
  return [{ code: 'new-series', message: `series that were not in the training, ${how}: ${listOf(unknown)}` }];
}

function otherTimes({ data: { seenUntil } }: ModelState, set: SeriesSet): ForecastNotice[] {
  if (set.frequency.unit === 'row') return [];
  const older: string[] = [];
  const apart: string[] = [];
  for (const [series, id] of set.ids.entries()) {
    const until = seenUntil[id];
    if (until === undefined || set.lengths[series] === 0) continue;
    const next = timeAt(set, series, set.lengths[series]!);
    const place = `${nameOf(set, id)} (trained up to ${writeTime(set, until)})`;
    if (next < until) older.push(place);
    // Months and sessions differ in length, hence twice.
    const step = timeAt(set, series, 1) - set.starts[series]!;
    if (set.starts[series]! > until + 2 * step) apart.push(place);
  }
  return [
    ...(older.length === 0
      ? []
      : [
          {
            code: 'older',
            message: `the data end before the model's training does, which has seen what is forecast: ${listOf(older)}`,
          } as const,
        ]),
    ...(apart.length === 0
      ? []
      : [
          {
            code: 'gap',
            message: `the data begin after the end of the training, with a gap between: ${listOf(apart)}`,
          } as const,
        ]),
  ];
}

const most = 5;
export const listOf = (names: readonly string[]): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;

const nameOf = (set: SeriesSet, id: string): string => (set.ids.length === 1 ? `'${set.target}'` : `'${id}'`);
