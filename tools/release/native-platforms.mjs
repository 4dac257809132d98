/** The platforms that `@nt/backend-cpu` is published with a binary for: those of its tools/build-prebuilds.mjs. */
export const nativePlatforms = [
  'linux-x64',
  'linux-x64-musl',
  'linux-arm64',
  'darwin-arm64',
  'darwin-x64',
  'win32-x64',
  'win32-arm64',
];
