import { ForecastError } from '../forecast-error.ts';

/** The JSON of a model's file. @throws ForecastError `forecast/model-file` naming the file */
export function readJsonFile(name: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new ForecastError(
      'forecast/model-file',
      `${name}: expected JSON, found something else. Restore the file or train again.`,
      { file: name },
      error,
    );
  }
}

/** A value as the text of a file. */
export const jsonFile = (value: unknown): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`);
