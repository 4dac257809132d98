import { builtinModule } from '../../pool/spawn-worker.ts';
import { checkNativeBinary } from './check-native-binary.ts';
import { findNativeBinary } from './find-native-binary.ts';
import type { NativeAddon } from './native-addon.ts';

/** A loaded binary. */
export interface LoadedAddon {
  readonly file: string;
  readonly addon: NativeAddon;
}

/** Loads the native kernels, or says why not. A binary is loaded only after a child process has survived it. */
export function loadNativeAddon(): LoadedAddon | { readonly missing: string } {
  const found = findNativeBinary();
  if ('missing' in found) return found;
  const failure = checkNativeBinary(found.file);
  if (failure !== undefined) return { missing: failure };
  const { createRequire } = builtinModule<typeof import('node:module')>('node:module')!;
  return { file: found.file, addon: createRequire(found.file)(found.file) as NativeAddon };
}
