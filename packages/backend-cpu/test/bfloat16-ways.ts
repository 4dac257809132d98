import { type CpuBackend, createCpuBackend } from '@nt/backend-cpu';
import { findBackend } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { NtCpuBackend } from '../src/engine/nt-cpu-backend.ts';
import { loadable } from './engines.ts';

/** Options of an engine that rounds. */
export const mixed = { precision: 'mixed-bfloat16' } as const;

/** Numbers in (−1, 1) that follow from a seed. */
export function numbers(seed: number, count: number): Float32Array {
  let state = seed * 2654435761 + 1;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Runs `f` on every compiled set with one and two threads, with the instruction for bfloat16 and without it where there is one. */
export async function onEveryWay<Result>(f: (backend: CpuBackend) => Promise<Result>): Promise<Map<string, Result>> {
  const results = new Map<string, Result>();
  for (const kernels of loadable.filter((name) => name !== 'js'))
    for (const threads of [1, 2]) {
      const backend = await createCpuBackend({ kernels, threads, poisonFreedMemory: threads === 2, ...mixed });
      const running = (findBackend('nt-cpu') as NtCpuBackend).kernels;
      for (const bfloat16 of running.bfloat16() === 'none' ? ['none'] : ['quick', 'slow']) {
        Object.defineProperty(running, 'bfloat16', { value: () => bfloat16, configurable: true });
        results.set(`${kernels}, ${threads} threads, instruction: ${bfloat16}`, await f(backend));
      }
      await backend.dispose();
    }
  return results;
}

/** All results are the first one. */
export function expectSameBits<Result>(results: ReadonlyMap<string, Result>): void {
  const [first] = results.values();
  for (const [way, result] of results) expect(result, way).toEqual(first);
}
