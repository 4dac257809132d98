import type { CapturedCall, CapturedResults, CaptureReport, CaptureSite } from '@nt/tensor';
import { dispose, keep, type Tensor } from '@tensorflow/tfjs-core';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import type { Arena } from './arena.ts';
import { Recording, runKept } from './recording.ts';
import { resultTensors, withTensors } from './result-tensors.ts';
import { difference } from './same-steps.ts';

type Results = CapturedResults<Tensor>;
type Body = (inputs: readonly Tensor[]) => Results;

/** Calls of one kind: same key, same shapes. */
interface Kind {
  calls: number;
  attempts: number;
  arena: Arena | undefined;
  recording: Recording | undefined;
  /** Whether a second recording has shown the same commands. */
  isSure: boolean;
  usedAt: number;
}

/** Calls that run the function before it is recorded: tensors move into the heap and optimizers make their state. */
const callsBefore = 2;
/** Recordings of a kind that may fail. */
const mostAttempts = 3;
/** Recordings that are kept at a time; each holds the memory of a whole call. */
const mostKept = 4;
/** Kinds that are remembered without a recording; more of them come from a key that never returns. */
const mostKinds = 64;

/** `CaptureSite` of this engine. */
export class CpuCaptureSite implements CaptureSite<Tensor> {
  readonly #backend: NtCpuBackend;
  readonly #kinds = new Map<string, Kind>();
  #results: Results = [];
  #clock = 0;
  #replays = 0;
  #reason: string | undefined;

  constructor(backend: NtCpuBackend) {
    this.#backend = backend;
  }

  run<Given extends Results>(call: CapturedCall<Tensor>, body: (inputs: readonly Tensor[]) => Given): Given {
    // What a recording gives has the form that the function gave it.
    return this.#run(call, body) as Given;
  }

  #run(call: CapturedCall<Tensor>, body: Body): Results {
    this.#clock++;
    const kind = this.#kindOf(call);
    if (kind.isSure) {
      if (kind.recording!.fits(call.uses)) {
        this.#replays++;
        return kind.recording!.repeat(call.inputs);
      }
      this.#forget(kind);
    }
    this.#freeResults();
    kind.calls++;
    const mayRecord = kind.calls > callsBefore && kind.attempts < mostAttempts;
    return mayRecord ? this.#record(kind, call, body) : this.#runOnce(call, body);
  }

  #runOnce({ inputs }: CapturedCall<Tensor>, body: Body): Results {
    this.#results = runKept(inputs, body);
    return this.#results;
  }

  #record(kind: Kind, call: CapturedCall<Tensor>, body: Body): Results {
    const backend = this.#backend;
    // What works on other tensors than the one before is the first of its kind.
    const before = kind.recording?.fits(call.uses) ? kind.recording : undefined;
    kind.recording?.dispose();
    kind.recording = undefined;
    if (kind.arena && kind.arena.living > 0) {
      this.#fail(kind, 'it keeps tensors that it made');
      return this.#runOnce(call, body);
    }
    kind.arena?.rewind();
    kind.arena ??= backend.heap.openArena();
    try {
      kind.recording = new Recording(backend, kind.arena, call, body);
    } catch (error) {
      this.#forget(kind);
      throw error;
    }
    const { recording } = kind;
    const problem = recording.problem ?? (before && difference(before.steps, recording.steps));
    if (problem === undefined) {
      kind.isSure = before !== undefined;
      if (kind.isSure) this.#makeRoom();
      return recording.results;
    }
    // The results are the caller's until the next call; their memory goes with them.
    this.#results = withTensors(recording.results, (output) => keep(output.clone()));
    this.#fail(kind, problem);
    return this.#results;
  }

  #fail(kind: Kind, reason: string): void {
    kind.attempts++;
    this.#reason = reason;
    this.#forget(kind);
  }

  #forget(kind: Kind): void {
    kind.recording?.dispose();
    if (kind.arena) this.#backend.heap.closeArena(kind.arena);
    kind.recording = undefined;
    kind.arena = undefined;
    kind.isSure = false;
  }

  #kindOf({ inputs, key }: CapturedCall<Tensor>): Kind {
    const name = `${key} ${inputs.map(({ shape, dtype }) => `${dtype}[${shape}]`).join(' ')}`;
    const kind = this.#kinds.get(name) ?? {
      calls: 0,
      attempts: 0,
      arena: undefined,
      recording: undefined,
      isSure: false,
      usedAt: 0,
    };
    kind.usedAt = this.#clock;
    if (!this.#kinds.has(name)) {
      this.#makeRoom(mostKinds - 1, (any) => any.calls <= callsBefore);
      this.#kinds.set(name, kind);
    }
    return kind;
  }

  /** Forgets what has not been used for longest. */
  #makeRoom(most = mostKept, counts = (kind: Kind) => kind.isSure): void {
    const counted = [...this.#kinds].filter(([, kind]) => counts(kind)).sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [name, kind] of counted.slice(0, Math.max(0, counted.length - most))) {
      this.#forget(kind);
      this.#kinds.delete(name);
    }
  }

  #freeResults(): void {
    dispose(resultTensors(this.#results));
    this.#results = [];
  }

  report(): CaptureReport {
    const kinds = [...this.#kinds.values()];
    return {
      replays: this.#replays,
      eager: this.#clock - this.#replays,
      recordings: kinds.filter(({ isSure }) => isSure).length,
      reason: this.#reason,
    };
  }

  dispose(): void {
    this.#freeResults();
    for (const kind of this.#kinds.values()) this.#forget(kind);
    this.#kinds.clear();
  }
}
