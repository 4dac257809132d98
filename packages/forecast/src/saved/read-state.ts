import { ForecastError } from '../forecast-error.ts';
import { migrateState, type OldState } from './migrate-state.ts';
import type { ModelState } from './model-state.ts';

const members = ['modelType', 'forecaster', 'data', 'scaler'] as const;

/** @throws ForecastError `forecast/model-file` unless this is what a version of this package wrote, whole */
export function checkFormat(name: string, content: unknown): void {
  const { format, version, kind = 'network', ...state } = (content ?? {}) as Record<string, unknown>;
  const isComplete = kind !== 'network' || members.every((member) => state[member] !== undefined);
  if (format === 'nt-forecaster' && [1, 2, 3].includes(version as number) && isComplete) return;
  const isNewer = format === 'nt-forecaster' && Number(version) > 3;
  const message = isNewer
    ? `${name}: version ${version} was written by a newer version of this package; this one reads 1 to 3. Update it, or train again with this one.`
    : `${name}: expected a complete 'nt-forecaster' file of version 1 to 3, found format '${format}', version ${version}. Restore the model's folder or train again.`;
  throw new ForecastError('forecast/model-file', message, { file: name, format, version });
}

/** Checks what a file says of a network, and brings it up to date. @throws ForecastError `forecast/model-file` */
export function readState(name: string, content: unknown): ModelState {
  checkFormat(name, content);
  const {
    kind: _,
    members: __,
    ...state
  } = content as ModelState & { readonly kind?: string; readonly members?: number };
  return state.version === 3 ? state : migrateState(state as unknown as OldState);
}
