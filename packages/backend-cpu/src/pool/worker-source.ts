import type { ProgramSource } from '../kernels/kernel-program.ts';
import { commandBytes, controlWords, currentWord, unfinishedWord } from './control-block.ts';

/** What a worker is told when it starts. */
export interface WorkerStart {
  readonly source: ProgramSource;
  /** Byte offsets of the shared block and of the worker's own ones. */
  readonly control: number;
  readonly workspace: number;
  /** For WASM, whose threads share the memory in which their stacks lie. */
  readonly stackEnd: number;
  /** How often to look for the next command before going to sleep. */
  readonly spins: number;
}

/** How long a worker sleeps while commands wait for one that others are busy with, in milliseconds. */
const napMilliseconds = 0.05;

/**
 * The worker's whole program, as text: so it needs no file of its own, and no bundler has to know about workers.
 * It never returns to its event loop; it ends by being terminated.
 */
export const workerSource: string = `
const loadNative = ({ file, set, memory }) => {
  const addon = process.getBuiltinModule('node:module').createRequire(file)(file);
  const { work } = addon.bind(new Uint8Array(memory), set, 0);
  return { work, words: new Int32Array(memory), recover() {} };
};
const loadWasm = ({ module, memory }, stackEnd) => {
  const generated = new Map();
  const run_generated = (code, length, table, from, to) => {
    let run = generated.get(code);
    if (!run) {
      const bytes = new Uint8Array(memory.buffer, code, length).slice();
      run = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports.run;
      generated.set(code, run);
    }
    run(table, from, to);
  };
  const { exports } = new WebAssembly.Instance(module, { env: { memory, run_generated } });
  const recover = () => (exports.__stack_pointer.value = stackEnd);
  recover();
  return { work: exports.nt_work, words: new Int32Array(memory.buffer), recover };
};
const begin = ({ source, control, workspace, stackEnd, spins }) => {
  const { work, words, recover } = source.kind === 'native' ? loadNative(source) : loadWasm(source, stackEnd);
  const at = (word) => control / 4 + word;
  const [submitted, done] = [at(${controlWords.submitted}), at(${controlWords.done})];
  const giveUpChunk = () => {
    const number = words[workspace / 4 + ${currentWord}] >>> 0;
    const command = words[at(${controlWords.queue})] / 4 + (number % words[at(${controlWords.slots})]) * ${commandBytes / 4};
    Atomics.store(words, at(${controlWords.failed}), 1);
    if (Atomics.sub(words, command + ${unfinishedWord}, 1) === 1) Atomics.store(words, done, number | 0);
  };
  Atomics.add(words, at(${controlWords.ready}), 1);
  for (;;) {
    const before = Atomics.load(words, submitted);
    try {
      work(control, workspace, 0);
    } catch {
      recover();
      giveUpChunk();
      continue;
    }
    for (let i = 0; i < spins && Atomics.load(words, submitted) === before; i++);
    const isIdle = Atomics.load(words, done) === before;
    Atomics.wait(words, submitted, before, isIdle ? Infinity : ${napMilliseconds});
  }
};
if (typeof process === 'object' && process.getBuiltinModule) begin(process.getBuiltinModule('node:worker_threads').workerData);
else self.onmessage = ({ data }) => begin(data);
`;
