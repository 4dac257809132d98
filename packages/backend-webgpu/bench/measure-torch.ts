import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What PyTorch does, or why it cannot. */
export interface TorchSpeeds {
  readonly version?: string;
  readonly cannot?: string;
  /** Windows a second, in the order of the batches. */
  readonly speeds: readonly number[];
}

const script = fileURLToPath(new URL('torch-gpu.py', import.meta.url));

/** PyTorch of the Python that `PYTHON` names, default `python3`. */
export async function measureTorch(
  device: 'cuda' | 'cpu',
  precision: 'float32' | 'float16',
  { batches, seconds }: { readonly batches: readonly number[]; readonly seconds: number },
): Promise<TorchSpeeds> {
  const python = process.env['PYTHON'] ?? 'python3';
  const parameters = [script, device, precision, String(seconds), ...batches.map(String)];
  try {
    const { stdout } = await promisify(execFile)(python, parameters, { timeout: 60_000 });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { version?: string; cannot?: string; windowsPerSecond?: number });
    const speeds = lines.flatMap(({ windowsPerSecond }) => (windowsPerSecond === undefined ? [] : [windowsPerSecond]));
    const { version, cannot } = lines[0]!;
    return { ...(version !== undefined && { version }), ...(cannot !== undefined && { cannot }), speeds };
  } catch (error) {
    const { stderr = '', message } = error as Error & { readonly stderr?: string };
    const isMissing = /No module named '?torch|ENOENT/.test(`${stderr} ${message}`);
    const reason = isMissing ? 'PyTorch is not installed' : `${python} failed: ${stderr.trim().split('\n').at(-1)}`;
    return { cannot: reason, speeds: [] };
  }
}
