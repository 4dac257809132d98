import { builtinModule } from '../../pool/spawn-worker.ts';
import { nativeTarget, type RunningSystem } from './native-target.ts';

/** Where the package keeps its binaries, as seen from its built code and from its sources. */
const folders = ['../prebuilds/', '../../prebuilds/', '../../../prebuilds/'];

/**
 * The file with the native kernels for this process, or why there is none. The environment variable `NT_NATIVE` names a
 * file elsewhere, for programs that are bundled into one.
 */
export function findNativeBinary(): { readonly file: string } | { readonly missing: string } {
  const files = builtinModule<typeof import('node:fs')>('node:fs');
  const urls = builtinModule<typeof import('node:url')>('node:url');
  if (!files || !urls) return { missing: 'they need Node' };
  const { NT_NATIVE: named } = process.env;
  if (named)
    return files.existsSync(named) ? { file: named } : { missing: `NT_NATIVE names ${named}, which is not there` };
  const system = process as RunningSystem;
  const target = nativeTarget(system);
  if (!target) return { missing: `none are made for ${system.platform} on ${system.arch}` };
  // A bundle in another module format knows no URL of its own, and has no binaries beside it.
  const here = import.meta.url as string | undefined;
  for (const folder of here?.startsWith('file:') ? folders : []) {
    const file = urls.fileURLToPath(new URL(`${folder}${target}.node`, here));
    if (files.existsSync(file)) return { file };
  }
  return { missing: `this installation has no binary for ${target}` };
}
