import { cannotRead } from './refuse.ts';

/** `configuration.json`: what belongs to all models of the folder. */
export interface FolderConfiguration {
  readonly format: string;
  readonly configuration: Readonly<Record<string, unknown>>;
}

/** @throws LayersError `layers/neuralforecast` */
export function readConfiguration(files: Readonly<Record<string, Uint8Array>>): FolderConfiguration {
  const bytes = files['configuration.json'];
  if (!bytes) {
    const isOld = 'configuration.pkl' in files || 'alias_to_model.pkl' in files;
    throw cannotRead(
      isOld ? 'it was saved with pickle, before neuralforecast 3.3' : "it has no 'configuration.json'",
      isOld
        ? 'convert it with neuralforecast 3.3: `python -m neuralforecast.migrate <folder>`, or with the script in the README of @nt/nhits'
        : 'give all files that `NeuralForecast.save` has written, by name',
    );
  }
  const document = parseObject('configuration.json', new TextDecoder().decode(bytes));
  return {
    format: String(document['nf_format']),
    configuration: asObject('configuration.json: configuration', document['configuration']),
  };
}

/** @throws LayersError `layers/neuralforecast` for text that is not a JSON object */
export function parseObject(what: string, text: string): Readonly<Record<string, unknown>> {
  try {
    return asObject(what, JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw cannotRead(`${what} is not JSON (${error.message})`, 'copy the folder again');
  }
}

function asObject(what: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw cannotRead(`${what} is not an object`, 'copy the folder again');
}
