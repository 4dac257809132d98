import type { CommandEncoder, ComputePass, ComputePipeline } from '../engine/tfjs-webgpu.ts';
import type { Recorder } from './recorder.ts';

/** The same encoder, whose every command is told to the recorder: tfjs's kernels and ours all come through here. */
export function recordedEncoder(encoder: CommandEncoder, recorder: Recorder): CommandEncoder {
  const foreign = (name: 'copyBufferToTexture' | 'resolveQuerySet') => {
    return (...parameters: never[]): void => {
      recorder.fail('it uses textures or timers');
      encoder[name](...parameters);
    };
  };
  return {
    beginComputePass: (options) => recordedPass(encoder.beginComputePass(options), recorder),
    copyBufferToBuffer: (from, fromOffset, to, toOffset, bytes) => {
      recorder.copied({ buffer: from, offset: fromOffset }, { buffer: to, offset: toOffset }, bytes);
      encoder.copyBufferToBuffer(from, fromOffset, to, toOffset, bytes);
    },
    copyBufferToTexture: foreign('copyBufferToTexture'),
    resolveQuerySet: foreign('resolveQuerySet'),
    finish: () => encoder.finish(),
  };
}

function recordedPass(pass: ComputePass, recorder: Recorder): ComputePass {
  let pipeline: ComputePipeline;
  let group: object;
  return {
    setPipeline: (next) => {
      pipeline = next;
      pass.setPipeline(next);
    },
    setBindGroup: (index, next) => {
      group = next;
      pass.setBindGroup(index, next);
    },
    dispatchWorkgroups: (x, y, z) => {
      recorder.dispatched(pipeline, group, [x, y, z]);
      pass.dispatchWorkgroups(x, y, z);
    },
    end: () => pass.end(),
  };
}
