import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

/** The Python to test against: `NT_PYTHON`, else the one on the path. */
export const python: string = process.env['NT_PYTHON'] ?? 'python3';

const probes = {
  onnxruntime: { modules: 'onnx, onnxruntime', remedy: 'pip install onnx==1.23.2 onnxruntime==1.32.0' },
} as const;

/**
 * Whether something outside the repository is there to test with. When it is not, the test is left out openly: the
 * reason is appended to the file named by `NT_LEFT_OUT`, and with `NT_REQUIRE_ALL=1` it is an error instead.
 */
export function needs(what: keyof typeof probes): boolean {
  const { modules, remedy } = probes[what];
  if (spawnSync(python, ['-c', `import ${modules}`]).status === 0) return true;
  const reason = `linear: ${what} is missing (${python} cannot import ${modules}; ${remedy})`;
  if (process.env['NT_REQUIRE_ALL'] === '1') throw new Error(reason);
  if (process.env['NT_LEFT_OUT']) appendFileSync(process.env['NT_LEFT_OUT'], `${reason}\n`);
  return false;
}
