import { appendFileSync, existsSync } from 'node:fs';
// @ts-expect-error a plain script without types
import { binary, whyNotHere } from '../tools/build-native.mjs';
// @ts-expect-error a plain script without types
import { hasZig, ziglangVersion } from '../tools/kernel-sources.mjs';

/** The browser to test in; `NT_CHROMIUM` names another. */
export const chromium: string = process.env['NT_CHROMIUM'] ?? '/usr/bin/chromium';

/** A Node that runs on musl instead of glibc; there is none unless `NT_MUSL_NODE` names it. */
export const muslNode: string = process.env['NT_MUSL_NODE'] ?? '';

/** A command that is Node for ARM64 on this processor; there is none unless `NT_ARM64_NODE` names it. */
export const arm64Node: string = process.env['NT_ARM64_NODE'] ?? '';

/** A command that is Node for Windows here, under Wine: only where `NT_WINDOWS_NODE` names it. */
export const windowsNode: string = process.env['NT_WINDOWS_NODE'] ?? '';

/** Whether there is a browser to test with. */
export function needsChromium(): boolean {
  const missing = `no browser at ${chromium}: apt-get install chromium, or set NT_CHROMIUM`;
  return needs('chromium', existsSync(chromium) ? undefined : missing);
}

/** Whether native kernels have been built here, as the set-up does where it can. */
export function needsNativeKernels(): boolean {
  const notBuilt = existsSync(binary as string) ? undefined : 'not built: pnpm -F @nt/backend-cpu build:native';
  return needs('native kernels', (whyNotHere as () => string | undefined)() ?? notBuilt);
}

/** Whether the release's cross-compiler is here. */
export function needsZig(): boolean {
  const missing = `pip install ziglang==${ziglangVersion as string}, and set PYTHON to that interpreter`;
  return needs('cross-compiler', (hasZig as () => boolean)() ? undefined : missing);
}

/** Whether a file can be a command by its first line: what the tests put in the place of a compiler. */
export function needsShell(): boolean {
  return needs('shell', process.platform === 'win32' ? 'Windows runs no scripts by their first line' : undefined);
}

/** Whether there is a Node on musl. */
export function needsMuslNode(): boolean {
  const missing = 'no Node that runs on musl: set NT_MUSL_NODE="$(node tools/get-musl-node.mjs)"';
  return needs('musl', muslNode ? undefined : missing);
}

/** Whether there is a Node for ARM64. */
export function needsArm64Node(): boolean {
  const missing = 'no Node for ARM64: set NT_ARM64_NODE="$(node tools/get-arm64-node.mjs)"';
  return needs('arm64', arm64Node ? undefined : missing);
}

/**
 * Tests of what is missing are left out openly: the reason is appended to the file named by `NT_LEFT_OUT`, and with
 * `NT_REQUIRE_ALL=1` it is an error instead.
 */
function needs(part: string, missing: string | undefined): boolean {
  if (missing === undefined) return true;
  const line = `backend-cpu/${part} — ${missing}`;
  if (process.env['NT_REQUIRE_ALL'] === '1') throw new Error(line);
  if (process.env['NT_LEFT_OUT']) appendFileSync(process.env['NT_LEFT_OUT'], `${line}\n`);
  return false;
}
