import { type Frequency, parseFrequency } from '@nt/data';
import { ForecastError } from '../forecast-error.ts';

/**
 * pandas' word for the spacing of time steps, such as `h`, `15min`, `W-SUN`, `MS`, `QE-DEC`; a number, for time steps that are
 * counted.
 *
 * @throws ForecastError `forecast/model-file` for one that has no counterpart here
 */
export function frequencyOf(word: string | number | null): Frequency {
  if (typeof word === 'number') return { unit: 'row', count: 1 };
  if (word === null) throw unknown('has no frequency');
  // Weeks, quarters and years are anchored; months, quarters and years begin or end.
  const plain = word.replace(/-[A-Z]{3}$/, '').replace(/^(\d*[MQYA])[SE]$/, '$1');
  try {
    return parseFrequency(plain);
  } catch (error) {
    throw unknown(`has the frequency '${word}', which has no counterpart here`, error);
  }
}

function unknown(what: string, cause?: unknown): ForecastError {
  const remedy = "say which it is with the option frequency: 'hour', '15 minutes', 'day' …";
  return new ForecastError('forecast/model-file', `configuration.json: the folder ${what}; ${remedy}.`, {}, cause);
}
