import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

/** The Python to test against: `NT_PYTHON`, else the one on the path. */
export const python: string = process.env['NT_PYTHON'] ?? 'python3';

const probes = {
  'python-tensorboard': {
    module: 'tensorboard.backend.event_processing.event_accumulator',
    remedy: 'pip install tensorboard==2.20.0 numpy',
  },
} as const;

/**
 * Whether something outside the repository is there to test with. When it is not, the test is left out openly: the
 * reason is appended to the file named by `NT_LEFT_OUT`, and with `NT_REQUIRE_ALL=1` it is an error instead.
 */
export function needs(what: keyof typeof probes): boolean {
  const { module, remedy } = probes[what];
  if (spawnSync(python, ['-c', `import ${module}`]).status === 0) return true;
  const reason = `tensorboard: ${what} is missing (${python} cannot import ${module}; ${remedy})`;
  if (process.env['NT_REQUIRE_ALL'] === '1') throw new Error(reason);
  if (process.env['NT_LEFT_OUT']) appendFileSync(process.env['NT_LEFT_OUT'], `${reason}\n`);
  return false;
}
