import { ForecastError } from '../forecast-error.ts';

/** What every saved calibration has in common. JSON. */
export interface CalibrationState<Method extends string = string> {
  readonly method: Method;
  readonly version: 1;
  /** steps in a window */
  readonly horizon: number;
  /** for each step the scores learnt from; an infinite score is not JSON and is refused when read */
  readonly scores: readonly (readonly number[])[];
  /** time steps from window to window; absent: independent windows */
  readonly stride?: number;
}

/**
 * Checks what was read from a file, as `JSON.parse` gave it.
 *
 * @param numbers members that must be finite numbers
 * @throws ForecastError `forecast/model-file` saying what was expected and what was found
 */
export function checkCalibrationState<State extends CalibrationState>(
  value: unknown,
  method: State['method'],
  numbers: readonly (keyof State & string)[] = [],
): State {
  const state = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const refuse = (what: string, found: unknown): never => {
    throw new ForecastError(
      'forecast/model-file',
      `${method}: the saved calibration is damaged or of another kind: expected ${what}, found ${JSON.stringify(found)?.slice(0, 80)}. Calibrate again.`,
      { method },
    );
  };
  if (state['method'] !== method) refuse(`method '${method}'`, state['method']);
  if (state['version'] !== 1) refuse('version 1 (a newer package may read it)', state['version']);
  const { horizon, scores, stride = 1 } = state;
  if (!Number.isInteger(horizon) || (horizon as number) < 1) refuse('a horizon >= 1', horizon);
  if (!Number.isInteger(stride) || (stride as number) < 1) refuse('a stride >= 1', stride);
  if (!Array.isArray(scores) || scores.length !== horizon) refuse('scores for each of the horizon steps', scores);
  const areNumbers = (list: unknown): boolean => Array.isArray(list) && list.every(Number.isFinite);
  for (const list of scores as unknown[]) if (!areNumbers(list)) refuse('scores that are numbers', list);
  for (const name of numbers) if (!Number.isFinite(state[name])) refuse(`${name}: a number`, state[name]);
  return state as unknown as State;
}
