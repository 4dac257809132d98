import path from 'node:path';

/** Where @nt/backend-cpu keeps the programs that its native kernels compile ahead. */
export const knownRulesFile: string = path.resolve(
  import.meta.dirname,
  '../../../packages/backend-cpu/kernels/known-rules.json',
);
