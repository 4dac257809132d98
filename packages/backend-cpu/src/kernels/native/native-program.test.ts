import { expect, it } from 'vitest';
import { nativeProgram } from './native-program.ts';

it('hands workers buffers and no views of them, over whose elements Deno takes seconds', () => {
  const heap = new Uint8Array(new SharedArrayBuffer(64));
  const doors = { run() {}, work() {} };
  const addon = {
    sets: [],
    pairSets: [],
    rules: [],
    workspaceBytes: 8,
    bind: () => doors,
    selfTest: () => true,
    pairsAreQuicker: () => false,
  };
  const { source } = nativeProgram({ file: 'kernels.node', addon }, 'sse2', heap, heap.length);
  expect(source).toEqual({ kind: 'native', file: 'kernels.node', set: 'sse2', memory: heap.buffer });
  expect(Object.values(source).filter((each) => ArrayBuffer.isView(each))).toEqual([]);
});
