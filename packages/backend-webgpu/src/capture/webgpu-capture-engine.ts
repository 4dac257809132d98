import type { CaptureEngine } from '@nt/tensor/tfjs';
import { Recording } from './recording.ts';
import type { RecordingWebgpu } from './recording-webgpu.ts';
import type { WebgpuArena } from './webgpu-arena.ts';

/** What sites of this engine record with. */
export const webgpuCaptureEngine = (backend: RecordingWebgpu): CaptureEngine => ({
  kept: backend.recordings.kept,
  get isRecording() {
    return backend.recordings.listener !== undefined;
  },
  openArena: () => backend.recordings.openArena(),
  record: (arena, call, body) => new Recording(backend, arena as WebgpuArena, call, body),
  // tfjs leaves integers as they are in memory when it casts them.
  kindOf: ({ dtype, shape, dataId }) => `${dtype}[${shape}] ${backend.tensorMap.get(dataId).dtype}`,
  serialOf: (dataId) => (dataId as { readonly id: number }).id,
});
