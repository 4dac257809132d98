import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync } from 'node:fs';

/**
 * Whether a child process can be sent Ctrl-C. Windows knows no signals, `kill` ends the process there; the test is then
 * left out openly: the reason is appended to the file named by `NT_LEFT_OUT`, and with `NT_REQUIRE_ALL=1` it is an error.
 */
export function needsSignals(): boolean {
  if (process.platform !== 'win32') return true;
  return leftOut('cli/signals — Windows sends no signals to processes: Ctrl-C is tested within the process only');
}

/** Whether bash is there to be asked what it offers; likewise. */
export function needsBash(): boolean {
  if (process.platform !== 'win32' && spawnSync('bash', ['-c', 'true']).status === 0) return true;
  return leftOut('cli/bash — bash is missing: its completions are only looked at, not run');
}

/** Whether there is a disk that is always full; likewise. */
export function needsFullDisk(): boolean {
  if (existsSync('/dev/full')) return true;
  return leftOut('cli/full-disk — only Linux has /dev/full: what a full disk is told as is looked at there');
}

function leftOut(line: string): false {
  if (process.env['NT_REQUIRE_ALL'] === '1') throw new Error(line);
  if (process.env['NT_LEFT_OUT']) appendFileSync(process.env['NT_LEFT_OUT'], `${line}\n`);
  return false;
}
