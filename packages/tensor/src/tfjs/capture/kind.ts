import type { CaptureArena, CaptureEngine, EngineRecording } from './capture-engine.ts';

/** Calls of one kind at one site: same key, same shapes, tensors at the same places. */
export class Kind {
  recording: EngineRecording | undefined;
  /** Whether a second recording has shown the same commands. */
  isSure = false;
  readonly #engine: CaptureEngine;
  readonly #beforeEviction: () => void;
  #arena: CaptureArena | undefined;

  /** @param beforeEviction is called when others need the memory */
  constructor(engine: CaptureEngine, beforeEviction: () => void) {
    this.#engine = engine;
    this.#beforeEviction = beforeEviction;
  }

  get arena(): CaptureArena | undefined {
    return this.#arena;
  }

  get bytes(): number {
    return this.#arena?.bytes ?? 0;
  }

  /** Memory for the next recording. */
  openArena(): CaptureArena {
    this.#arena?.rewind();
    this.#arena ??= this.#engine.openArena();
    return this.#arena;
  }

  evict(): void {
    this.#beforeEviction();
    this.forget();
  }

  /** Frees what it holds. */
  forget(): void {
    this.recording?.dispose();
    this.#arena?.close();
    this.recording = undefined;
    this.#arena = undefined;
    this.isSure = false;
    this.#engine.kept.drop(this);
  }
}
