// The release build: the native kernels for all seven platforms into prebuilds/, cross-compiled with the compiler of
// kernel-sources.mjs. The published package contains them; a loader picks the file.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { compileNative } from './compile-native.mjs';
import { requireZig, root, zig, zigCommand } from './kernel-sources.mjs';

/** Our name of a platform → zig's, and the processor. glibc 2.17 is of 2012: newer systems have all of it. */
export const platforms = {
  'linux-x64': { zigTarget: 'x86_64-linux-gnu.2.17', arch: 'x64' },
  'linux-x64-musl': { zigTarget: 'x86_64-linux-musl', arch: 'x64' },
  'linux-arm64': { zigTarget: 'aarch64-linux-gnu.2.17', arch: 'arm64' },
  'darwin-arm64': { zigTarget: 'aarch64-macos', arch: 'arm64' },
  'darwin-x64': { zigTarget: 'x86_64-macos', arch: 'x64' },
  'win32-x64': { zigTarget: 'x86_64-windows-gnu', arch: 'x64', machine: 'i386:x86-64' },
  'win32-arm64': { zigTarget: 'aarch64-windows-gnu', arch: 'arm64', machine: 'arm64' },
};

/** Builds one platform's binary. */
export async function buildPrebuild(platform, output) {
  const { zigTarget, arch, machine } = platforms[platform];
  const folder = mkdtempSync(path.join(tmpdir(), 'nt-prebuild-'));
  try {
    await compileNative({
      arch,
      compiler: [...zigCommand, 'cc', '-target', zigTarget],
      compilerFlags: ['-fno-sanitize=all', '-Wall', '-Wextra', '-Werror', ...(machine ? [] : ['-fPIC'])],
      linkerFlags: linkerFlagsFor(platform, folder),
      output,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Node itself provides Node-API when it loads the addon. Windows must know beforehand which names it will find there. */
function linkerFlagsFor(platform, folder) {
  if (platform.startsWith('linux')) return ['-s'];
  if (platform.startsWith('darwin')) return ['-s', '-Wl,-undefined,dynamic_lookup'];
  const definitions = createRequire(import.meta.url)('node-api-headers').def_paths.node_api_def;
  const library = path.join(folder, 'node_api.lib');
  zig('dlltool', '-m', platforms[platform].machine, '-d', definitions, '-l', library);
  return ['-s', library];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  requireZig();
  mkdirSync(path.join(root, 'prebuilds'), { recursive: true });
  for (const platform of Object.keys(platforms)) {
    const output = path.join(root, 'prebuilds', `${platform}.node`);
    await buildPrebuild(platform, output);
    const bytes = readFileSync(output);
    console.log(`${platform.padEnd(16)} ${bytes.length} bytes, ${gzipSync(bytes).length} compressed`);
  }
}
