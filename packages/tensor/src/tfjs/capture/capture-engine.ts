import type { Tensor } from '@tensorflow/tfjs-core';
import type { CapturedCall, CapturedResults } from '../../capture.ts';
import type { KeptRecordings } from './kept-recordings.ts';

/** The memory of recordings of one kind, and of nobody else while it is open. */
export interface CaptureArena {
  /** Blocks in which tensors lie. */
  readonly living: number;
  readonly bytes: number;
  /** Begins again: the same requests in the same order get the same places. Only while nothing lives in it. */
  rewind(): void;
  /** Gives all back; what still lives is freed by whoever holds it, as any other memory. */
  close(): void;
}

/** What one run of a function had an engine do. */
export interface EngineRecording {
  readonly results: CapturedResults<Tensor>;
  /** Why it cannot be repeated; undefined when nothing speaks against it. */
  readonly problem: string | undefined;
  /** False when it can never fit again: tensors that it found outside are gone. */
  readonly isAlive: boolean;
  /** Whether the tensors that it found outside are where they were. */
  fits(uses?: readonly Tensor[]): boolean;
  /** Why the two are not the same; undefined when they are but for what is declared as changing. */
  differenceFrom(other: EngineRecording): string | undefined;
  repeat(inputs: readonly Tensor[]): CapturedResults<Tensor>;
  /** The results of the last repetition, which are the caller's to free from now on. */
  leaveResults(): CapturedResults<Tensor>;
  /** Frees all but the arena. */
  dispose(): void;
}

/** An engine that can record what a function has it do. */
export interface CaptureEngine {
  readonly kept: KeptRecordings;
  /** A captured call within another is a part of that. */
  readonly isRecording: boolean;
  openArena(): CaptureArena;
  /** Runs the function and records it. What it throws passes, and nothing is left over but the arena. */
  record(
    arena: CaptureArena,
    call: CapturedCall<Tensor>,
    body: (inputs: readonly Tensor[]) => CapturedResults<Tensor>,
  ): EngineRecording;
  /** Type, shape and whatever else of an input decides which commands it gets. */
  kindOf(input: Tensor): string;
  /** A number that tells data apart. */
  serialOf(dataId: object): number;
}
