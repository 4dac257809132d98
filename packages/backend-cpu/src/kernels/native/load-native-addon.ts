import { builtinModule } from '../../pool/spawn-worker.ts';
import { operations } from '../compiled/command.ts';
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
  try {
    return findAndLoad();
  } catch (error) {
    // Where programs need permissions (Node's --permission, Deno), each step can be one that is not permitted.
    return { missing: `looking for them or loading them failed (${(error as Error).message})` };
  }
}

function findAndLoad(): LoadedAddon | { readonly missing: string } {
  const found = findNativeBinary();
  if ('missing' in found) return found;
  const failure = checkNativeBinary(found.file);
  if (failure !== undefined) return { missing: failure };
  const { createRequire } = builtinModule<typeof import('node:module')>('node:module')!;
  const addon = createRequire(found.file)(found.file) as NativeAddon;
  // In a checkout whose sources went on, an old binary would misread our commands and end the process.
  const isOfToday = typeof (addon.pairsAreQuicker as unknown) === 'function';
  const knows = addon.commands === Object.keys(operations).length + 1 && isOfToday;
  if (knows) return { file: found.file, addon };
  return {
    missing: `the binary ${found.file} was built from other sources; build it again: node tools/build-native.mjs`,
  };
}
