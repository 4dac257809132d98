import { describe, expect, it } from 'vitest';
import type { WasmMemory } from '../wasm/web-assembly.ts';
import { webAssembly } from '../wasm/web-assembly.ts';
import { compileRule } from './compile-rule.ts';
import { canGenerate, generateRule } from './generate-rule.ts';
import type { KernelExpression } from './kernel-rule.ts';

const { Memory, Module, Instance } = webAssembly()!;
const program = (expression: KernelExpression): ReturnType<typeof compileRule> =>
  compileRule({ inputs: ['x', 'y'], scalars: [], definitions: [], outputs: [['out', expression]] });

/** Runs generated code on x = 1 … count and y = 10, and gives the elements [from, to) and their neighbours. */
function run(expression: KernelExpression, count: number, from: number, to: number): number[] {
  const memory: WasmMemory = new Memory({ initial: 1, maximum: 1, shared: false });
  const { program: compiled, uniform } = program(expression);
  const module = new Module(generateRule(compiled, false, false));
  const { run: evaluate } = new Instance(module, { env: { memory } }).exports as Record<
    'run',
    (...offsets: number[]) => void
  >;
  const floats = new Float32Array(memory.buffer);
  const [table, x, y, out] = [0, 1024, 8192, 16384];
  for (let i = 0; i < count; i++) floats.set([i + 1], x / 4 + i);
  floats.fill(10, y / 4, y / 4 + count);
  floats.fill(-1, out / 4, out / 4 + count);
  new Int32Array(memory.buffer).set([x, y, out]);
  floats.set(uniform({}), table / 4 + 3);
  evaluate(table, from * 4, to * 4);
  return Array.from(floats.subarray(out / 4, out / 4 + count));
}

describe('generateRule', () => {
  it('evaluates exactly the elements that it is asked for, in whole vectors and one by one', () => {
    expect(run(['+', ['*', 'x', 'y'], 0.5], 12, 1, 11)).toEqual([
      -1, 20.5, 30.5, 40.5, 50.5, 60.5, 70.5, 80.5, 90.5, 100.5, 110.5, -1,
    ]);
    expect(run(['select', ['>', 'x', 2], ['neg', 'y'], 'x'], 3, 0, 3)).toEqual([1, 2, -10]);
  });

  it('leaves functions that are not one instruction to the interpreter', () => {
    expect(canGenerate(program(['sqrt', ['+', 'x', 'y']]).program)).toBe(true);
    expect(canGenerate(program(['exp', ['+', 'x', 'y']]).program)).toBe(false);
  });
});
