import type { CommandRecorder, RecordedCommand } from '../../capture/command-recorder.ts';
import type { Heap } from '../../heap/heap.ts';
import type { CommandRunner } from '../../pool/command-runner.ts';
import type { IndexedKernels, IntegerKernels } from '../indexed-and-integer-calls.ts';
import type { GemmTile } from '../kernel-program.ts';
import type {
  Bfloat16Instruction,
  CopyCall,
  FillCall,
  FloatBlock,
  GemmCall,
  ImageKernels,
  KernelSetName,
  Kernels,
  PoolCall,
  PoolGradCall,
  RandomCall,
  ReduceCall,
  SoftmaxCall,
} from '../kernels.ts';
import type { RuleCall } from '../rule-call.ts';
import type { GeneratedCode, RuleCode } from '../rule-code.ts';
import { CommandWriter, headerWords, operations } from './command.ts';
import { gemmGroups, packingOf } from './gemm-groups.ts';
import { imageKernels } from './image-kernels.ts';
import { type ChunkCount, indexedKernels } from './indexed-kernels.ts';
import { integerKernels } from './integer-kernels.ts';
import { writeGemm } from './write-gemm.ts';
import { ruleWords, writeRule } from './write-rule.ts';

const maxRank = 8;
const reduceKinds = { sum: 0, max: 1, min: 2, product: 3 } as const;
/** Elements that the kernels treat as one unit; see rule.h, reduce.c, copy.c and random.c. */
const ruleTile = 512;
const squaresBlock = 4096;
const columnTile = 16;
const copyRows = 16;
const randomBlock = 64;
/** Elements below which waking a thread costs more than it saves. */
const elementsPerChunk = 16384;
/** Products that take as long as touching an element. */
const productsPerElement = 8;
/** Words that may follow the fields of a command in its slot. */
const mostPayloadWords = 16_000;

/** Options of `CompiledKernels`. */
export interface CompiledKernelsOptions {
  readonly name: KernelSetName;
  readonly heap: Heap;
  readonly runner: CommandRunner;
  readonly tile: GemmTile;
  /** Asked when it matters, and measured once. */
  readonly bfloat16: () => Bfloat16Instruction;
  /** Rules that exist as code of their own: in WASM made at run time, natively compiled ahead. */
  readonly ruleCode: RuleCode;
}

/** The kernels compiled from kernels/*.c: writes commands into the heap and has a runner carry them out. */
export class CompiledKernels implements Kernels {
  readonly name: KernelSetName;
  readonly bfloat16: () => Bfloat16Instruction;
  readonly image: ImageKernels;
  readonly indexed: IndexedKernels;
  readonly integer: IntegerKernels;
  readonly #heap: Heap;
  readonly #command: CommandWriter;
  readonly #runner: CommandRunner;
  readonly #tile: GemmTile;
  readonly #ruleCode: RuleCode;

  constructor({ name, heap, runner, tile, bfloat16, ruleCode }: CompiledKernelsOptions) {
    this.name = name;
    this.bfloat16 = bfloat16;
    this.#heap = heap;
    this.#command = new CommandWriter(heap, runner);
    this.#runner = runner;
    this.#tile = tile;
    this.#ruleCode = ruleCode;
    const chunks: ChunkCount = (units, work) => this.#chunks(units, work);
    this.image = imageKernels(this.#command, chunks);
    this.indexed = indexedKernels(this.#command, chunks);
    this.integer = integerKernels(this.#command, chunks);
  }

  gemm(call: GemmCall): void {
    const cut = gemmGroups(call, this.#tile, this.#runner.threads);
    const work = 2 * call.batch * call.m * call.n * call.k;
    const chunks = this.#chunks(call.batch * cut.rowBlocks * cut.groups, work, 262144, 8);
    this.#command.begin(operations.gemm, chunks, work / productsPerElement);
    writeGemm(this.#command, call, cut, packingOf(call, this));
    this.#command.submit();
  }

  together<Result>(calls: () => Result): Result {
    return this.#runner.threads === 1 ? calls() : this.#command.together(calls);
  }

  rule(call: RuleCall): void {
    const code = this.#ruleCode.codeFor(call);
    if (code) this.#runGenerated(call, code);
    else this.#interpret(call);
  }

  #interpret(call: RuleCall): void {
    const work = call.count * (1 + call.program.steps.length / 4);
    const chunks = this.#chunks(Math.ceil(call.count / ruleTile), work);
    this.#command.begin(operations.rule, chunks, work, ruleWords(call));
    writeRule(this.#command, call);
    this.#command.submit();
  }

  #runGenerated(call: RuleCall, { code, length }: GeneratedCode): void {
    const { inputs, outputs, constants, count, program } = call;
    const work = count * (1 + program.steps.length / 16);
    this.#command.begin(operations.generated, this.#chunks(Math.ceil(count / ruleTile), work), work);
    this.#command.words(code, length, count * 4);
    this.#command.words(...inputs.map(({ offset }) => offset), ...outputs.map(({ offset }) => offset));
    this.#command.late('float', constants.length, call.lateConstants);
    this.#command.floats(...constants);
    this.#command.submit();
  }

  copy(call: CopyCall): void {
    const { source, destination, sizes, sourceStrides, destinationStrides } = call;
    // The kernel deals out rows: one axis alone becomes a single row.
    if (sizes.length < 2) {
      const [first, second] = [
        [0, ...sourceStrides],
        [0, ...destinationStrides],
      ];
      this.copy({ ...call, sizes: [1, ...sizes], sourceStrides: first, destinationStrides: second });
      return;
    }
    const work = sizes.reduce((a, b) => a * b, 1);
    const rows = sizes.at(-2)!;
    const planes = work / (rows * sizes.at(-1)!);
    this.#command.begin(operations.copy, this.#chunks(planes * Math.ceil(rows / copyRows), work), work);
    this.#command.words(source, destination, sizes.length);
    this.#command.padded(sizes, maxRank, 1);
    this.#command.padded(sourceStrides, maxRank, 0);
    this.#command.padded(destinationStrides, maxRank, 0);
    this.#command.submit();
  }

  fill({ destination, count, bits }: FillCall): void {
    this.#command.begin(operations.fill, this.#chunks(count, count), count);
    this.#command.words(destination, count, bits);
    this.#command.submit();
  }

  write(destination: number, values: Float32Array | Int32Array): void {
    const words = new Int32Array(values.buffer, values.byteOffset, values.length);
    for (let start = 0; start < words.length; start += mostPayloadWords) {
      const part = words.subarray(start, start + mostPayloadWords);
      this.#command.begin(operations.write, 1, part.length, headerWords + 2 + part.length);
      this.#command.words(destination + start * 4, part.length);
      this.#command.array(part);
      this.#command.submit();
    }
  }

  reduce(call: ReduceCall): void {
    const { outer, count, inner } = call;
    const work = outer * count * inner;
    this.#command.begin(operations.reduce, this.#chunks(outer * Math.ceil(inner / columnTile), work), work);
    this.#command.words(call.source, call.destination, outer, count, inner, reduceKinds[call.kind]);
    this.#command.floats(call.scale);
    this.#command.submit();
  }

  set recorder(recorder: CommandRecorder | undefined) {
    this.#command.recorder = recorder;
  }

  repeat(command: RecordedCommand): void {
    this.#command.repeat(command);
  }

  sumOfSquares(tensors: readonly FloatBlock[], use: (sum: number) => void): void {
    const blocks = tensors.reduce((total, { count }) => total + Math.ceil(count / squaresBlock), 0);
    const partial = this.#heap.allocate(blocks * 8);
    try {
      let at = partial;
      for (let start = 0; start < tensors.length; start += mostPayloadWords / 2)
        at = this.#squares(tensors.slice(start, start + mostPayloadWords / 2), at);
      const add = (): void => {
        this.#runner.finish();
        use(new Float64Array(this.#heap.memory.buffer, partial, blocks).reduce((a, b) => a + b, 0));
      };
      if (this.#command.recorder) this.#command.recorder.host(add);
      else add();
    } finally {
      this.#heap.free(partial, blocks * 8);
    }
  }

  /** Writes one sum for each block from `partial` on, and returns where they end. */
  #squares(tensors: readonly FloatBlock[], partial: number): number {
    const blocks = tensors.reduce((total, { count }) => total + Math.ceil(count / squaresBlock), 0);
    const chunks = this.#chunks(blocks, blocks * squaresBlock);
    this.#command.begin(operations.squares, chunks, blocks * squaresBlock, headerWords + 3 + 2 * tensors.length);
    this.#command.words(tensors.length, blocks, partial);
    for (const { offset, count } of tensors) this.#command.words(offset, count);
    this.#command.submit();
    return partial + blocks * 8;
  }

  pool(call: PoolCall): void {
    this.#pool(operations.pool, call, 0);
  }

  poolGrad(call: PoolGradCall): void {
    this.#pool(operations.poolGrad, call, call.dy);
  }

  #pool(operation: number, call: PoolCall, dy: number): void {
    const { batch, length, channels } = call;
    const work = batch * length * channels;
    this.#command.begin(operation, this.#chunks(batch, work), work);
    this.#command.words(call.x, dy, call.out, batch, length, channels, call.kernelSize, call.kind === 'avg' ? 1 : 0);
    this.#command.submit();
  }

  random({ destination, count, key, lateKey }: RandomCall): void {
    const halves = (value: number): [number, number] => [value >>> 0, Math.floor(value / 0x100000000)];
    const chunks = this.#chunks(Math.ceil(count / randomBlock), count);
    this.#command.begin(operations.random, chunks, count);
    const words = ({ seed, counter }: RandomCall['key']): number[] => [...halves(seed), ...halves(counter)];
    this.#command.words(destination, count);
    this.#command.late('int', 4, lateKey && (() => words(lateKey())));
    this.#command.words(...words(key));
    this.#command.submit();
  }

  softmax(call: SoftmaxCall): void {
    const work = call.rows * call.columns * 4;
    this.#command.begin(operations.softmax, this.#chunks(call.rows, work), work);
    this.#command.words(call.x, call.out, call.rows, call.columns);
    this.#command.submit();
  }

  /** How many parts to deal out: enough to balance the threads, none too small to be worth waking one. */
  #chunks(units: number, work: number, workPerChunk = elementsPerChunk, perThread = 4): number {
    const { threads } = this.#runner;
    if (threads === 1) return 1;
    return Math.max(1, Math.min(units, threads * perThread, Math.floor(work / workPerChunk)));
  }
}
