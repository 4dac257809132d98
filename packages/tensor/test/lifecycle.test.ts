import { type Backend, kernelNames, TensorError } from '@nt/tensor';
import { createReferenceBackend, type ReferenceBackendOptions, type Storage } from '@nt/tensor/reference';
import { createTfjsBackend, type TfjsBackendOptions } from '@nt/tensor/tfjs';
import { setBackend, type Tensor } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { createFusedCpu, createStockCpu, createStockWasm } from './engines.ts';

const description = { engine: 'x', device: 'cpu', kernelSet: 'js', floatWidth: 32, limitations: [] } as const;
const unknownEngine = { name: 'mine', tfjsName: 'nowhere', describe: () => description };

const living: Backend<Tensor>[] = [];
const born = async (create: () => Promise<Backend<Tensor>>): Promise<Backend<Tensor>> => {
  const backend = await create();
  living.push(backend);
  return backend;
};
afterEach(async () => {
  for (const backend of living.splice(0)) await backend.dispose();
});

describe('a tfjs backend', () => {
  it('cannot be created while another is in use: the error names both', async () => {
    await born(createStockCpu);
    const second = createStockWasm();
    await expect(second).rejects.toMatchObject({ name: 'TensorError', code: 'tensor/backend-active' });
    await expect(createStockWasm()).rejects.toThrow(/'stock-wasm'.*'stock-cpu' is in use/);
  });

  it('can be created after the other was disposed, on another engine', async () => {
    const first = await createStockCpu();
    await first.dispose();
    const second = await born(createStockWasm);
    const sum = second.ops.add(second.ops.tensor([1], [1]), second.ops.tensor([2], [1]));
    expect(Array.from(await sum.data())).toEqual([3]);
  });

  it('leaves the names of its variables to its successor', async () => {
    const first = await createStockCpu();
    const left = first.ops.variable(first.ops.zeros([2]), { name: 'weight' });
    const broken = first.ops.variable(first.ops.zeros([2]), { name: 'bias' });
    // As on a device that is gone.
    broken.dispose = () => {
      throw new Error('lost');
    };
    await first.dispose();
    expect(left.isDisposed).toBe(true);
    const second = await born(createStockCpu);
    for (const name of ['weight', 'bias']) second.ops.variable(second.ops.zeros([2]), { name }).dispose();
  });

  it('throws from every member once it was disposed, also when its successor is active', async () => {
    const first = await createStockCpu();
    await first.dispose();
    await born(createStockCpu);
    for (const [name, member] of Object.entries(first.ops)) {
      const call = (): unknown => (member as (...parameters: unknown[]) => unknown)([], []);
      expect(call, name).toThrow(expect.objectContaining({ code: 'tensor/backend-disposed' }));
    }
    await expect(first.describe()).rejects.toMatchObject({ code: 'tensor/backend-disposed' });
    await expect(first.settle()).rejects.toMatchObject({ code: 'tensor/backend-disposed' });
  });

  it('is not disturbed when a disposed one is disposed again', async () => {
    const first = await createStockCpu();
    await first.dispose();
    const second = await born(createStockCpu);
    await first.dispose();
    expect(second.ops.zeros([2]).shape).toEqual([2]);
  });

  it('throws once somebody has switched tfjs to another engine', async () => {
    const backend = await born(createStockCpu);
    await import('@tensorflow/tfjs-backend-wasm');
    await setBackend('wasm');
    expect(() => backend.ops.zeros([1])).toThrow(/someone called tf\.setBackend\('wasm'\)/);
    await setBackend('cpu');
    expect(backend.ops.zeros([1]).shape).toEqual([1]);
  });

  it('is in use until its engine has been freed, and frees it once', async () => {
    const freed: string[] = [];
    let finish = (): void => {};
    const onDispose = (): Promise<void> => {
      freed.push('engine');
      return new Promise((resolve) => {
        finish = resolve;
      });
    };
    const backend = await createTfjsBackend({ name: 'slow', tfjsName: 'cpu', describe: () => description, onDispose });
    const disposal = Promise.all([backend.dispose(), backend.dispose()]);
    expect(() => backend.ops.zeros([1])).toThrow(expect.objectContaining({ code: 'tensor/backend-disposed' }));
    await expect(createStockCpu()).rejects.toMatchObject({ code: 'tensor/backend-active' });
    finish();
    await disposal;
    expect(freed).toEqual(['engine']);
    await born(createStockCpu);
  });

  it('that tfjs does not know is unavailable, and leaves the place free', async () => {
    await expect(createTfjsBackend(unknownEngine)).rejects.toMatchObject({
      code: 'tensor/backend-unavailable',
      details: { name: 'mine', tfjsName: 'nowhere' },
    });
    await born(createStockCpu);
  });

  it('describes its engine and the fused kernels that it registered', async () => {
    const stock = await createStockCpu();
    expect(await stock.describe()).toMatchObject({ name: 'stock-cpu', engine: 'stock cpu', fusedKernels: [] });
    await stock.dispose();
    const fused = await born(createFusedCpu);
    expect((await fused.describe()).fusedKernels).toEqual(Object.values(kernelNames));
    await fused.settle();
  });

  it('refuses unknown options', async () => {
    const options = { ...unknownEngine, ondispose: () => {} } as TfjsBackendOptions;
    await expect(createTfjsBackend(options)).rejects.toThrow("did you mean 'onDispose'");
  });
});

describe('a reference backend', () => {
  it('may live beside others', async () => {
    const [one, two] = [createReferenceBackend(), createReferenceBackend()];
    one.ops.zeros([3]);
    expect(one.memory()).toEqual({ tensors: 1, bytes: 24 });
    expect(two.memory()).toEqual({ tensors: 0, bytes: 0 });
  });

  it('frees everything when disposed, and throws from every member afterwards', async () => {
    const backend = createReferenceBackend();
    const tensor = backend.ops.zeros([3]);
    await backend.dispose();
    expect(backend.memory()).toEqual({ tensors: 0, bytes: 0 });
    await expect(tensor.data()).rejects.toMatchObject({ code: 'tensor/disposed' });
    for (const [name, member] of Object.entries(backend.ops)) {
      const call = (): unknown => (member as (...parameters: unknown[]) => unknown)([], []);
      expect(call, name).toThrow(expect.objectContaining({ code: 'tensor/backend-disposed' }));
    }
  });

  it.each([
    ['float64', 64],
    ['float32', 32],
    ['float16', 16],
    ['bfloat16', 16],
  ] as const)('with storage %s says that its floats have %i bits', async (storage, floatWidth) => {
    const backend = createReferenceBackend({ storage });
    expect((await backend.describe()).floatWidth).toBe(floatWidth);
    expect(backend.ops.zeros([1]).dtype).toBe(storage);
    await backend.settle();
  });

  it('refuses unknown options and storage types', () => {
    const misspelt = { storge: 'float16' } as unknown as ReferenceBackendOptions;
    expect(() => createReferenceBackend(misspelt)).toThrow("did you mean 'storage'");
    expect(() => createReferenceBackend({ storage: 'float8' as Storage })).toThrow(/expected one of float64, float32/);
  });
});

it('a TensorError is recognised across copies of the package', () => {
  const foreign = Object.assign(new Error('x'), { [Symbol.for('nt.tensor-error')]: true, code: 'tensor/shape' });
  expect(TensorError.isInstance(foreign)).toBe(true);
  expect(TensorError.isInstance(new Error('x'))).toBe(false);
  expect(TensorError.isInstance(null)).toBe(false);
  const error = new TensorError('tensor/shape', 'text', { a: 1 }, foreign);
  expect(error).toMatchObject({ name: 'TensorError', message: 'text', details: { a: 1 }, cause: foreign });
});
