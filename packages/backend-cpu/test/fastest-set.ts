import { readFileSync } from 'node:fs';

/** What Linux itself says of the processor, read in another way than the addon does. */
export function fastestSetOfThisProcessor(): string {
  if (process.arch === 'arm64') return 'neon';
  const flags =
    readFileSync('/proc/cpuinfo', 'utf8')
      .match(/^flags\s*:(.*)$/m)?.[1]
      ?.split(' ') ?? [];
  const hasAll = (...names: string[]): boolean => names.every((name) => flags.includes(name));
  if (hasAll('avx512f', 'avx512bw', 'avx512dq', 'avx512vl', 'avx2', 'fma')) return 'avx512';
  return hasAll('avx2', 'fma') ? 'avx2' : 'sse2';
}

/** Whether Linux says that the processor multiplies bfloat16. */
export const hasBfloat16Instruction = (): boolean =>
  process.arch === 'x64' && /^flags\s*:.*\bavx512_bf16\b/m.test(readFileSync('/proc/cpuinfo', 'utf8'));
