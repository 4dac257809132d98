import type { CaptureEngine } from '@nt/tensor/tfjs';
import { serialOf } from '../engine/data-id.ts';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import type { Arena } from './arena.ts';
import { Recording } from './recording.ts';

/** What sites of this engine record with. */
export const cpuCaptureEngine = (backend: NtCpuBackend): CaptureEngine => ({
  kept: backend.recordings.kept,
  get isRecording() {
    return backend.recordings.recorder !== undefined;
  },
  openArena: () => backend.heap.openArena(),
  record: (arena, call, body) => new Recording(backend, arena as Arena, call, body),
  kindOf: (input) => `${input.dtype}[${input.shape}]${backend.areQuick({ input }) ? ' quick' : ''}`,
  serialOf,
});
