import { appendFileSync, existsSync } from 'node:fs';

/** The browser to test in; `NT_CHROMIUM` names another. */
export const chromium: string = process.env['NT_CHROMIUM'] ?? '/usr/bin/chromium';
/** Firefox; `NT_FIREFOX` names another. */
export const firefox: string = process.env['NT_FIREFOX'] ?? '/usr/bin/firefox-esr';

/**
 * Whether there is a browser to test with. When not, its tests are left out openly: the reason is appended to the file
 * named by `NT_LEFT_OUT`, and with `NT_REQUIRE_ALL=1` it is an error instead.
 */
export const needsChromium = (): boolean => needs(chromium, 'chromium', 'NT_CHROMIUM');
/** The same of Firefox. */
export const needsFirefox = (): boolean => needs(firefox, 'firefox-esr', 'NT_FIREFOX');

function needs(path: string, name: string, variable: string): boolean {
  if (existsSync(path)) return true;
  const line = `playground/${name} — no browser at ${path}: apt-get install ${name}, or set ${variable}`;
  if (process.env['NT_REQUIRE_ALL'] === '1') throw new Error(line);
  if (process.env['NT_LEFT_OUT']) appendFileSync(process.env['NT_LEFT_OUT'], `${line}\n`);
  return false;
}
