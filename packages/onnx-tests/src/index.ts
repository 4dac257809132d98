import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The Python to test against: `NT_PYTHON`, else the one on the path. */
const python = (): string => process.env['NT_PYTHON'] ?? 'python3';
const modules = 'onnx, onnxruntime';

/**
 * Whether onnxruntime is there to test the files of a package with. When it is not, the test is left out openly: the
 * reason is appended to the file named by `NT_LEFT_OUT`, and with `NT_REQUIRE_ALL=1` it is an error instead.
 */
export function needsOnnxruntime(testedPackage: string): boolean {
  if (spawnSync(python(), ['-c', `import ${modules}`]).status === 0) return true;
  const remedy = 'pip install onnx==1.23.2 onnxruntime==1.32.0';
  const reason = `${testedPackage}: onnxruntime is missing (${python()} cannot import ${modules}; ${remedy})`;
  if (process.env['NT_REQUIRE_ALL'] === '1') throw new Error(reason);
  if (process.env['NT_LEFT_OUT']) appendFileSync(process.env['NT_LEFT_OUT'], `${reason}\n`);
  return false;
}

/** What onnxruntime makes of every `NAME.onnx` of a folder with the inputs in `NAME.json`, by name. */
export function runOnnx<Result>(folder: string): Record<string, Result> {
  const script = fileURLToPath(new URL('check_onnx.py', import.meta.url));
  const { stdout, stderr, status } = spawnSync(python(), [script, folder], { encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, Result>;
}
