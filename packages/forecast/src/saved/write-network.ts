import { serialize } from '@nt/safetensors';
import type { NamedArrays } from '@nt/tensor';
import { historyCsv } from './history-csv.ts';
import type { ModelRecords } from './model-records.ts';
import type { ModelState } from './model-state.ts';
import { jsonFile } from './read-json-file.ts';

/** The files of a fitted network: its weights, and what is kept of it for people. */
export async function networkFiles(
  { modelType }: ModelState,
  weights: NamedArrays,
  { evaluation, report, history }: ModelRecords,
): Promise<Readonly<Record<string, Uint8Array>>> {
  return {
    'model.safetensors': serialize(weights, { format: 'pt', modelType }),
    ...(evaluation && { 'metrics.json': jsonFile(evaluation) }),
    ...(report && { 'data-report.json': jsonFile(report) }),
    ...(history.length > 0 && { 'history.csv': new TextEncoder().encode(await historyCsv(history)) }),
  };
}
