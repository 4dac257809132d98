import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findBackend } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { NtCpuBackend } from '../src/engine/nt-cpu-backend.ts';
import { ruleKey } from '../src/kernels/native/known-rules.ts';
import { loadNativeAddon } from '../src/kernels/native/load-native-addon.ts';
import type { RuleProgram } from '../src/kernels/rule-call.ts';
// @ts-expect-error a plain script without types
import { knownRuleFiles } from '../tools/build-known-rules.mjs';
import { loadable, useEngine } from './engines.ts';
import { needsNativeKernels } from './needs.ts';

const root = path.dirname(import.meta.dirname);
const rules = JSON.parse(readFileSync(path.join(root, 'kernels/known-rules.json'), 'utf8')) as {
  name: string;
  program: RuleProgram;
}[];
/** Not a multiple of any vector, and more than one chunk on two threads. */
const count = 40_003;

it('the committed C was written from the committed programs', () => {
  for (const [file, text] of Object.entries((knownRuleFiles as () => Record<string, string>)()))
    expect(readFileSync(path.join(root, file), 'utf8'), 'run: pnpm -F @nt/backend-cpu build:rules').toBe(text);
});

describe.runIf(needsNativeKernels())('programs that are compiled ahead', () => {
  it('are all in the binary', () => {
    const loaded = loadNativeAddon();
    expect('addon' in loaded && loaded.addon.rules).toEqual(rules.map(({ program }) => ruleKey(program)));
  });

  it.each(loadable.filter((name) => name.startsWith('native')))(
    'give the bits of the interpreter: %s',
    async (kernels) => {
      await useEngine({ kernels, threads: 2 });
      const backend = findBackend('nt-cpu') as NtCpuBackend;
      for (const { name, program } of rules) {
        // The first instruction twice: another program, so it is interpreted.
        const [first] = program.steps;
        const unknown = { ...program, steps: [first!, ...program.steps] };
        expect(evaluate(backend, program), name).toEqual(evaluate(backend, unknown));
      }
    },
  );
});

/** All outputs for inputs and constants between 0 and 1. */
function evaluate(backend: NtCpuBackend, program: RuleProgram): number[][] {
  const value = (i: number): number => ((i * 7919) % 2003) / 2003;
  const values = Float32Array.from({ length: count }, (_, i) => value(i));
  const inputs = Array.from({ length: program.inputs }, (_, i) => {
    const data = backend.allocate([count]);
    (backend.valuesOf(data) as Float32Array).set(values.map((x, j) => x * value(i + j)));
    return data;
  });
  const outputs = Array.from({ length: program.outputs }, () => backend.allocate([count]));
  const constants = Array.from({ length: program.constants }, (_, i) => value(i + 100));
  const at = (tensors: typeof inputs) =>
    tensors.map((tensor) => ({ offset: backend.offsetOf(tensor), type: 'float' as const }));
  backend.kernels.rule({ program, count, sizes: [], constants, inputs: at(inputs), outputs: at(outputs) });
  const results = outputs.map((tensor) => Array.from(backend.valuesOf(tensor) as Float32Array));
  for (const tensor of [...inputs, ...outputs]) backend.disposeData(tensor.dataId, true);
  return results;
}
