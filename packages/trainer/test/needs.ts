import { appendFileSync, existsSync } from 'node:fs';

/** The browser to test in; `NT_CHROMIUM` names another. */
export const chromium: string = process.env['NT_CHROMIUM'] ?? '/usr/bin/chromium';

/**
 * Whether processes can be sent signals, and can end themselves by one, and files be pipes and links. Windows has none:
 * `kill` ends a process there and then, and one that ends itself only has an exit code.
 */
export function needsSignals(): boolean {
  if (process.platform !== 'win32') return true;
  return leaveOut(
    'trainer/signals — Windows has no signals, no ulimit, no pipes in folders: dying and resuming is tested elsewhere',
  );
}

/**
 * Whether there is a browser to test with. When not, its tests are left out openly: the reason is appended to the file
 * named by `NT_LEFT_OUT`, and with `NT_REQUIRE_ALL=1` it is an error instead.
 */
export function needsChromium(): boolean {
  if (existsSync(chromium)) return true;
  return leaveOut(`trainer/chromium — no browser at ${chromium}: apt-get install chromium, or set NT_CHROMIUM`);
}

function leaveOut(line: string): false {
  if (process.env['NT_REQUIRE_ALL'] === '1') throw new Error(line);
  if (process.env['NT_LEFT_OUT']) appendFileSync(process.env['NT_LEFT_OUT'], `${line}\n`);
  return false;
}
