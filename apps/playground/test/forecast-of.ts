import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCpuBackend } from '@nt/backend-cpu';
import { readTable } from '@nt/data/node';
import { loadModelFolder } from '@nt/forecast/node';
import { unzipSync } from 'fflate';
import { unpack } from './unpack.ts';

/** What a model of the page forecasts in Node, read from a folder as `nt forecast -m` does. */
export async function forecastOf(zip: Uint8Array, data: URL): Promise<readonly number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'nt-model-'));
  const backend = await createCpuBackend();
  try {
    unpack(unzipSync(zip), folder);
    const forecaster = await loadModelFolder(backend, join(folder, 'model'));
    const { series } = await forecaster.predict(await readTable(fileURLToPath(data)));
    forecaster.dispose();
    return [...series[0]!.values];
  } finally {
    await backend.dispose();
    rmSync(folder, { recursive: true });
  }
}
