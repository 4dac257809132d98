import { LayersError } from '../layers-error.ts';

/** For a folder that is not what it should be, or holds what no network here can be. */
export function cannotRead(
  found: string,
  remedy: string,
  details: Readonly<Record<string, unknown>> = {},
): LayersError {
  return new LayersError(
    'layers/neuralforecast',
    `This folder of neuralforecast cannot be read: ${found}; ${remedy}.`,
    { found, ...details },
  );
}
