import { parse, SafetensorsError } from '@nt/safetensors';
import type { NamedArrays } from '@nt/tensor';
import { ForecastError } from '../forecast-error.ts';

/** Reads a file of weights. @throws ForecastError `forecast/model-file` */
export function readWeights(name: string, bytes: Uint8Array): NamedArrays {
  try {
    return Object.fromEntries(parse(bytes).tensors) as unknown as NamedArrays;
  } catch (error) {
    if (!SafetensorsError.isInstance(error)) throw error;
    throw new ForecastError('forecast/model-file', `${name}: ${(error as Error).message}`, { file: name }, error);
  }
}
