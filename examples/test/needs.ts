import { appendFileSync, existsSync } from 'node:fs';

/** The browser to test in; `NT_CHROMIUM` names another. */
export const chromium: string = process.env['NT_CHROMIUM'] ?? '/usr/bin/chromium';

/**
 * Whether there is a browser to test with. When not, its tests are left out openly: the reason is appended to the file
 * named by `NT_LEFT_OUT`, and with `NT_REQUIRE_ALL=1` it is an error instead.
 */
export function needsChromium(): boolean {
  if (existsSync(chromium)) return true;
  const line = `examples/chromium — no browser at ${chromium}: apt-get install chromium, or set NT_CHROMIUM`;
  if (process.env['NT_REQUIRE_ALL'] === '1') throw new Error(line);
  if (process.env['NT_LEFT_OUT']) appendFileSync(process.env['NT_LEFT_OUT'], `${line}\n`);
  return false;
}

/** Whether pages of the guide can be followed here: they make their small files with GNU's date, awk and timeout. */
export function needsBash(): boolean {
  if (process.platform === 'linux') return true;
  if (process.env['NT_LEFT_OUT'])
    appendFileSync(process.env['NT_LEFT_OUT'], 'examples/guide — not Linux: pages use bash with GNU tools\n');
  return false;
}
