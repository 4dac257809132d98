import { NhitsError } from '../nhits-error.ts';

/** For a folder that is not what it should be, or holds what this network cannot be. */
export function cannotRead(found: string, remedy: string, details: Readonly<Record<string, unknown>> = {}): NhitsError {
  return new NhitsError('nhits/neuralforecast', `This folder of neuralforecast cannot be read: ${found}; ${remedy}.`, {
    found,
    ...details,
  });
}
