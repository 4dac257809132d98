import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import type { CapturedCall, CapturedResults, CaptureReport, CaptureSite } from '../../capture.ts';
import { CallTallies } from './call-tallies.ts';
import type { CaptureEngine, EngineRecording } from './capture-engine.ts';
import { Kind } from './kind.ts';
import { resultTensors, runKept } from './result-tensors.ts';

type Results = CapturedResults<Tensor>;
type Body = (inputs: readonly Tensor[]) => Results;

/** Kinds with a recording, each of which holds the memory of a whole call. */
const mostRecorded = 4;
/** Kinds that are remembered; more of them come from a key or a shape that never returns. */
const mostKinds = 64;
/** A prime, for a hash. */
const factor = 31;

/** `CaptureSite` of an engine of tfjs that can record. */
export class RecordedSite implements CaptureSite<Tensor> {
  readonly #engine: CaptureEngine;
  readonly #tallies = new CallTallies(mostKinds);
  /** In the order of their last use. Places of tensors tell them apart as well: batches of two sizes leave gradients at two. */
  readonly #kinds = new Map<string, Kind>();
  /** What the last call gave, where no recording holds it. */
  #results: Results = [];
  #last: Kind | undefined;
  #calls = 0;
  #replays = 0;
  #reason: string | undefined;

  constructor(engine: CaptureEngine) {
    this.#engine = engine;
  }

  run<Given extends Results>(call: CapturedCall<Tensor>, body: (inputs: readonly Tensor[]) => Given): Given {
    // What a recording gives has the form that the function gave it.
    return this.#run(call, body) as Given;
  }

  #run(call: CapturedCall<Tensor>, body: Body): Results {
    this.#calls++;
    this.#freeResults();
    if (this.#engine.isRecording) return this.#runOnce(call, body);
    const name = this.#nameOf(call);
    const kind = this.#kindOf(`${name} ${this.#placesOf(call)}`);
    this.#last = kind;
    if (kind.isSure) {
      if (kind.recording!.fits(call.uses)) {
        this.#replays++;
        this.#tallies.repeated(name);
        this.#engine.kept.use(kind);
        return kind.recording!.repeat(call.inputs);
      }
      kind.forget();
    }
    const mayRecord = this.#tallies.mayRecord(name);
    if (mayRecord === true) return this.#record(kind, name, call, body);
    if (mayRecord) this.#reason = mayRecord;
    // A recording that no second one will confirm holds memory for nothing, whatever the function does now.
    kind.forget();
    return this.#runOnce(call, body);
  }

  #nameOf({ inputs, key }: CapturedCall<Tensor>): string {
    return `${key} ${inputs.map((input) => this.#engine.kindOf(input)).join(' ')}`;
  }

  /** Of equal ones, only one can be kept: a recording looks whether it fits. */
  #placesOf({ uses = [] }: CapturedCall<Tensor>): number {
    let hash = uses.length;
    for (const tensor of uses) hash = (Math.imul(hash, factor) + this.#engine.serialOf(tensor.dataId)) | 0;
    return hash;
  }

  #runOnce({ inputs }: CapturedCall<Tensor>, body: Body): Results {
    this.#results = runKept(inputs, body);
    return this.#results;
  }

  #record(kind: Kind, name: string, call: CapturedCall<Tensor>, body: Body): Results {
    // What works on other tensors than the one before is the first of its kind.
    const before = kind.recording?.fits(call.uses) ? kind.recording : undefined;
    kind.recording?.dispose();
    kind.recording = undefined;
    if (kind.arena && kind.arena.living > 0) {
      this.#fail(kind, name, 'it keeps tensors that it made');
      return this.#runOnce(call, body);
    }
    const recording = this.#newRecording(kind, call, body);
    const problem = recording.problem ?? (before && recording.differenceFrom(before));
    if (problem === undefined) {
      kind.isSure = before !== undefined;
      return recording.results;
    }
    this.#leaveResults(recording);
    this.#fail(kind, name, problem);
    return this.#results;
  }

  #newRecording(kind: Kind, call: CapturedCall<Tensor>, body: Body): EngineRecording {
    const { kept } = this.#engine;
    for (const other of this.#kinds.values()) if (other.recording?.isAlive === false) other.forget();
    if (!kind.arena) this.#makeRoom(mostRecorded - 1, ({ arena }) => arena !== undefined);
    kept.use(kind);
    try {
      kind.recording = this.#engine.record(kind.openArena(), call, body);
    } catch (error) {
      kind.forget();
      throw error;
    }
    kept.makeRoom();
    return kind.recording;
  }

  #fail(kind: Kind, name: string, reason: string): void {
    this.#tallies.failed(name);
    this.#reason = reason;
    kind.forget();
  }

  /** The results are the caller's until the next call, whatever becomes of their recording. */
  #leaveResults(recording: EngineRecording): void {
    this.#results = recording.leaveResults();
  }

  #kindOf(name: string): Kind {
    const known = this.#kinds.get(name);
    if (!known)
      this.#makeRoom(
        mostKinds - 1,
        () => true,
        (forgotten) => this.#kinds.delete(forgotten),
      );
    const kind: Kind =
      known ??
      new Kind(this.#engine, () => kind === this.#last && kind.recording && this.#leaveResults(kind.recording));
    this.#kinds.delete(name);
    this.#kinds.set(name, kind);
    return kind;
  }

  /** Gives up what has not been used for longest. */
  #makeRoom(most: number, counts: (kind: Kind) => boolean, andThen: (name: string) => void = () => {}): void {
    const counted = [...this.#kinds].filter(([, kind]) => counts(kind));
    for (const [name, kind] of counted.slice(0, Math.max(0, counted.length - most))) {
      kind.evict();
      andThen(name);
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
      eager: this.#calls - this.#replays,
      recordings: kinds.filter(({ isSure }) => isSure).length,
      reason: this.#reason,
    };
  }

  dispose(): void {
    this.#freeResults();
    for (const kind of this.#kinds.values()) kind.forget();
    this.#kinds.clear();
  }
}
