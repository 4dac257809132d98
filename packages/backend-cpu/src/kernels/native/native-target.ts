/** The parts of `process` that say what a binary must fit. */
export interface RunningSystem {
  readonly platform: string;
  readonly arch: string;
  readonly report?: {
    excludeNetwork?: boolean;
    getReport(): { readonly header: { readonly glibcVersionRuntime?: string } };
  };
}

/** The platforms that a release has binaries for, as named in `prebuilds/`. */
export const nativeTargets = [
  'linux-x64',
  'linux-x64-musl',
  'linux-arm64',
  'darwin-arm64',
  'darwin-x64',
  'win32-x64',
  'win32-arm64',
] as const;

export type NativeTarget = (typeof nativeTargets)[number];

/** The target that this process needs, undefined when there is none for it. A binary for another C library does not load. */
export function nativeTarget(system: RunningSystem): NativeTarget | undefined {
  const libc = system.platform === 'linux' && !usesGlibc(system) ? '-musl' : '';
  const name = `${system.platform}-${system.arch}${libc}`;
  return nativeTargets.find((target) => target === name);
}

/** Node's own report names the version of glibc it runs on, and nothing with musl. */
function usesGlibc({ report }: RunningSystem): boolean {
  if (!report) return true;
  const before = report.excludeNetwork;
  report.excludeNetwork = true; // else it looks up the names of open connections
  const { glibcVersionRuntime } = report.getReport().header;
  report.excludeNetwork = before ?? false;
  return glibcVersionRuntime !== undefined;
}
