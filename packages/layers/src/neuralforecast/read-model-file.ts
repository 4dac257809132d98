import { parse, SafetensorsError } from '@nt/safetensors';
import type { NamedArray } from '@nt/tensor';
import { parseObject } from './read-configuration.ts';
import { cannotRead } from './refuse.ts';

/** A model's file, unpacked. */
export interface ModelFile {
  /** The Python class. */
  readonly modelClass: string;
  /** Arguments of the Python class, losses and the like as tagged objects. */
  readonly hyperParameters: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, NamedArray>>;
  /** Names that stand for the array of another name. */
  readonly shared: Readonly<Record<string, readonly string[]>>;
}

/** @throws LayersError `layers/neuralforecast` */
export function readModelFile(name: string, bytes: Uint8Array): ModelFile {
  const { tensors, metadata } = parsed(name, bytes);
  const modelClass = metadata?.get('model_class');
  const hyperParameters = metadata?.get('hyper_parameters');
  if (!modelClass || !hyperParameters)
    throw cannotRead(`'${name}' does not say what model it holds`, 'save it with neuralforecast 3.3');
  const arrays = Object.fromEntries(
    [...tensors].map(([key, { shape, dtype, data }]) => {
      if (dtype === 'float32' || dtype === 'float64' || dtype === 'int32') return [key, { shape, dtype, data }];
      throw cannotRead(`'${name}': ${key} is of type ${dtype}`, 'call `model.float()` before saving');
    }),
  );
  return {
    modelClass,
    hyperParameters: parseObject(`${name}: hyper_parameters`, hyperParameters),
    arrays,
    shared: parseObject(`${name}: shared`, metadata?.get('shared') ?? '{}') as ModelFile['shared'],
  };
}

function parsed(name: string, bytes: Uint8Array): ReturnType<typeof parse> {
  try {
    return parse(bytes);
  } catch (error) {
    if (!SafetensorsError.isInstance(error)) throw error;
    throw cannotRead(`'${name}' is damaged (${error.message})`, 'copy the folder again');
  }
}
