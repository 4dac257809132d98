import type { CommandRecorder, LateWords, RecordedCommand } from '../../capture/command-recorder.ts';
import type { Heap } from '../../heap/heap.ts';
import type { CommandRunner, CommandSlot } from '../../pool/command-runner.ts';
import { commandBytes } from '../../pool/control-block.ts';

/** Words at the start of every command that the runner writes when it hands the command over. */
const ticketWords = 2;

/** Words before the fields of every command: ticket, unfinished chunks, operation, chunks, number. */
export const headerWords: number = ticketWords + 4;

/** Numbers of the kernels, as in command.h. */
export const operations = {
  gemm: 1,
  rule: 2,
  copy: 3,
  reduce: 4,
  squares: 5,
  pool: 6,
  poolGrad: 7,
  softmax: 8,
  im2col: 9,
  col2im: 10,
  pool2d: 11,
  pool2dGrad: 12,
  generated: 13,
  fill: 14,
  write: 15,
  join: 16,
  gather: 17,
  segmentSum: 18,
  arg: 19,
  scan: 20,
  integer: 21,
  integerReduce: 22,
  depthwise: 23,
  depthwiseInput: 24,
  depthwiseFilter: 25,
  random: 26,
} as const;

/** Commands that one may consist of (MOST_PARTS in command.h). */
const mostParts = 8;
const joinWords = headerWords + 1 + mostParts;

/** Words of the longest command: as many as a slot holds behind the head of a command that is made of several. */
export const mostWords: number = commandBytes / 4 - joinWords;
/** Of every kernel but those that are followed by a list: `rule`, `squares`, `write`. */
const usualWords = 256;

/** A command that is made of several. */
interface Join {
  readonly slot: CommandSlot;
  parts: number;
  chunks: number;
  work: number;
}

/** Writes commands, each into a slot of its own or several into one, and hands them over. */
export class CommandWriter {
  readonly #heap: Heap;
  readonly #runner: CommandRunner;
  #at = 0;
  #slot = 0;
  #chunks = 0;
  #work = 0;
  #join: Join | undefined;
  #sequences: { readonly at: number; readonly part: number }[] = [];
  #late: LateWords[] = [];
  /** Told of every command before it is handed over. */
  recorder: CommandRecorder | undefined;

  constructor(heap: Heap, runner: CommandRunner) {
    this.#heap = heap;
    this.#runner = runner;
  }

  /**
   * Starts a command. Its number tells threads that what they packed for another one is stale.
   *
   * @param work elements that it touches, about
   * @param words of the command at the most
   */
  begin(operation: number, chunks: number, work: number, words: number = usualWords): void {
    if (this.#join && !this.#hasRoom(this.#join, words)) this.#flush(this.#join);
    const join = this.#join;
    const { offset, number } = join?.slot ?? this.#runner.nextSlot();
    if (join) this.#addPart(join, chunks, work);
    else this.#at = offset / 4;
    this.#slot = offset / 4;
    if (this.recorder && join) this.#heap.unsettledInts.fill(0, this.#at, this.#at + ticketWords);
    this.#at += ticketWords;
    if (this.recorder) this.#sequences.push({ at: this.#at + 3 - this.#slot, part: join ? join.parts - 1 : 0 });
    this.#chunks = chunks;
    this.#work = work;
    this.words(chunks, operation, chunks, number * mostParts + (join ? join.parts - 1 : 0));
  }

  /** Has the command carried out; it may not be finished yet. */
  submit(): void {
    if (this.#join) return;
    this.#record(this.#at, this.#chunks, this.#work);
    this.#runner.submit(this.#chunks, this.#work);
  }

  /** Hands a command over that was recorded, as one more. */
  repeat({ words, chunks, work, sequences, late }: RecordedCommand): void {
    const { offset, number } = this.#runner.nextSlot();
    const { unsettledInts, unsettledFloats } = this.#heap;
    const start = offset / 4;
    unsettledInts.set(words, start + ticketWords);
    for (const { at, part } of sequences) unsettledInts[start + at] = number * mostParts + part;
    for (const { at, type, values } of late)
      (type === 'float' ? unsettledFloats : unsettledInts).set(values(), start + at);
    this.#runner.submit(chunks, work);
  }

  /** The words written next are asked for again by every repetition. */
  late(type: LateWords['type'], length: number, values: (() => readonly number[]) | undefined): void {
    if (this.recorder && values) this.#late.push({ at: this.#at - this.#slot, length, type, values });
  }

  #record(end: number, chunks: number, work: number): void {
    if (!this.recorder) return;
    const words = this.#heap.unsettledInts.slice(this.#slot + ticketWords, end);
    this.recorder.command({ words, chunks, work, sequences: this.#sequences, late: this.#late });
    this.#sequences = [];
    this.#late = [];
  }

  /** Makes one command of those that `calls` writes: threads take parts of all of them in any order. */
  together<Result>(calls: () => Result): Result {
    if (this.#join) return calls();
    this.#join = this.#open();
    try {
      const result = calls();
      this.#close(this.#join);
      return result;
    } finally {
      this.#join = undefined;
    }
  }

  #open(): Join {
    const slot = this.#runner.nextSlot();
    this.#at = slot.offset / 4 + joinWords;
    // What nobody reads is compared when commands are recorded.
    if (this.recorder) this.#heap.unsettledInts.fill(0, slot.offset / 4 + headerWords, this.#at);
    return { slot, parts: 0, chunks: 0, work: 0 };
  }

  #hasRoom({ slot, parts }: Join, words: number): boolean {
    return parts < mostParts && this.#at + words <= (slot.offset + commandBytes) / 4;
  }

  #addPart(join: Join, chunks: number, work: number): void {
    const { offset } = join.slot;
    this.#heap.unsettledInts[offset / 4 + headerWords + 1 + join.parts] = this.#at * 4 - offset;
    join.parts++;
    join.chunks += chunks;
    join.work += work;
  }

  #close({ slot, parts, chunks, work }: Join): void {
    if (parts === 0) return;
    const end = this.#at;
    this.#slot = slot.offset / 4;
    this.#at = this.#slot + ticketWords;
    if (this.recorder) this.#sequences.push({ at: ticketWords + 3, part: 0 });
    this.words(chunks, operations.join, chunks, slot.number * mostParts, parts);
    this.#record(end, chunks, work);
    this.#runner.submit(chunks, work);
  }

  #flush(join: Join): void {
    this.#close(join);
    this.#join = this.#open();
  }

  words(...values: number[]): void {
    const { unsettledInts } = this.#heap;
    for (let i = 0; i < values.length; i++) unsettledInts[this.#at++] = values[i]!;
  }

  floats(...values: number[]): void {
    const { unsettledFloats } = this.#heap;
    for (let i = 0; i < values.length; i++) unsettledFloats[this.#at++] = values[i]!;
  }

  /** As `words`, for long arrays. */
  array(values: Int32Array): void {
    this.#heap.unsettledInts.set(values, this.#at);
    this.#at += values.length;
  }

  /** `length` words: the values, then `fill`. */
  padded(values: readonly number[], length: number, fill: number): void {
    const { unsettledInts } = this.#heap;
    for (let i = 0; i < length; i++) unsettledInts[this.#at++] = values[i] ?? fill;
  }
}
