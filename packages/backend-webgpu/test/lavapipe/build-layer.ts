import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { lavapipe } from '../needs.ts';

/** An environment in which WebGPU runs on lavapipe, and the folder to remove afterwards. */
export interface Lavapipe {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Compiles `layer.c`, without which Dawn refuses lavapipe of Mesa 22. */
export async function buildLayer(): Promise<Lavapipe> {
  const folder = await mkdtemp(path.join(tmpdir(), 'nt-lavapipe-'));
  const library = path.join(folder, 'layer.so');
  const source = fileURLToPath(new URL('layer.c', import.meta.url));
  await promisify(execFile)('cc', ['-shared', '-fPIC', '-O1', '-Wall', '-Werror', source, '-o', library]);
  const name = 'VK_LAYER_NT_lavapipe';
  const layer = {
    name,
    type: 'GLOBAL',
    library_path: library,
    api_version: '1.3.0',
    implementation_version: '1',
    description: 'Lavapipe as Dawn wants it',
  };
  await writeFile(path.join(folder, 'layer.json'), JSON.stringify({ file_format_version: '1.1.0', layer }));
  return { folder, environment: { VK_DRIVER_FILES: lavapipe, VK_LAYER_PATH: folder, VK_INSTANCE_LAYERS: name } };
}
