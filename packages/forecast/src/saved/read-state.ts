import { ForecastError } from '../forecast-error.ts';
import { migrateState, type OldState } from './migrate-state.ts';
import type { ModelState } from './model-state.ts';

const members = ['modelType', 'forecaster', 'data', 'scaler'] as const;

/** Checks what a model's file says of it, and brings it up to date. @throws ForecastError `forecast/model-file` */
export function readState(name: string, content: unknown): ModelState {
  const state = (content ?? {}) as Partial<ModelState | OldState>;
  const isComplete = members.every((member) => state[member] !== undefined);
  if (state.format !== 'nt-forecaster' || ![1, 2, 3].includes(state.version!) || !isComplete) {
    throw new ForecastError(
      'forecast/model-file',
      `${name}: expected a complete 'nt-forecaster' file of version 1 to 3, found format '${state.format}', version ${state.version}.`,
      { file: name, format: state.format, version: state.version },
    );
  }
  return state.version === 3 ? (state as ModelState) : migrateState(state as OldState);
}
