import { backend } from '@tensorflow/tfjs-core';

/** What a program has asked the device for. */
export interface DeviceCommands {
  /** Runs of a shader. */
  dispatches: number;
  /** Copies from buffer to buffer on the device, and to where the host can read. */
  copies: number;
  /** Buffers that the host has asked to read. */
  reads: number;
  submits: number;
  bindGroups: number;
  /** Writes from the host: parameters of shaders. */
  writes: number;
}

type Method = (...parameters: never[]) => unknown;

/** Counts from now on, for the device of the active engine. */
export function countCommands(): DeviceCommands {
  const counts: DeviceCommands = { dispatches: 0, copies: 0, reads: 0, submits: 0, bindGroups: 0, writes: 0 };
  const { device } = backend() as unknown as { readonly device: object & { readonly queue: object } };
  after(device.queue, 'submit', () => void counts.submits++);
  after(device.queue, 'writeBuffer', () => void counts.writes++);
  after(device, 'createBindGroup', () => void counts.bindGroups++);
  after(device, 'createBuffer', (buffer) => after(buffer, 'mapAsync', () => void counts.reads++));
  after(device, 'createCommandEncoder', (encoder) => {
    after(encoder, 'copyBufferToBuffer', () => void counts.copies++);
    after(encoder, 'beginComputePass', (pass) => after(pass, 'dispatchWorkgroups', () => void counts.dispatches++));
  });
  return counts;
}

/** Calls `then` with what a method of this one object has given. */
function after(target: object, name: string, then: (result: object) => void): void {
  const method = Reflect.get(target, name) as Method;
  const counted = (...parameters: never[]): unknown => {
    const result = method.apply(target, parameters);
    then(result as object);
    return result;
  };
  Object.defineProperty(target, name, { value: counted, configurable: true });
}
