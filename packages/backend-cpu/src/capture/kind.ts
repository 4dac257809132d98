import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import type { Arena } from './arena.ts';
import type { Recording } from './recording.ts';

/** Calls of one kind at one site: same key, same shapes, tensors at the same places. */
export class Kind {
  recording: Recording | undefined;
  /** Whether a second recording has shown the same commands. */
  isSure = false;
  readonly #backend: NtCpuBackend;
  readonly #beforeEviction: () => void;
  #arena: Arena | undefined;

  /** @param beforeEviction is called when others need the memory */
  constructor(backend: NtCpuBackend, beforeEviction: () => void) {
    this.#backend = backend;
    this.#beforeEviction = beforeEviction;
  }

  get arena(): Arena | undefined {
    return this.#arena;
  }

  get bytes(): number {
    return this.#arena?.bytes ?? 0;
  }

  /** Memory for the next recording. */
  openArena(): Arena {
    this.#arena?.rewind();
    this.#arena ??= this.#backend.heap.openArena();
    return this.#arena;
  }

  evict(): void {
    this.#beforeEviction();
    this.forget();
  }

  /** Frees what it holds. */
  forget(): void {
    this.recording?.dispose();
    if (this.#arena) this.#backend.heap.closeArena(this.#arena);
    this.recording = undefined;
    this.#arena = undefined;
    this.isSure = false;
    this.#backend.recordings.kept.drop(this);
  }
}
