import '@tensorflow/tfjs-backend-cpu';
import { adam, chain, clipByGlobalNorm, createOptimizer } from '@nt/optim';
import type { NetworkOps, Tensor } from '@nt/tensor';
import { createTfjsBackend } from '@nt/tensor/tfjs';
import { expect, it } from 'vitest';
import { createNhits } from '../src/index.ts';
import { goldenLoss, goldenNames, goldenWindow, readGolden } from './golden-nhits.ts';
import { tolerances } from './tolerances.ts';

it.each(goldenNames)('%s: 20 clipped Adam updates on one batch follow PyTorch', async (name) => {
  const describeEngine = () =>
    ({ engine: 'tfjs-backend-cpu', device: 'cpu', kernelSet: 'js', floatWidth: 32, limitations: [] }) as const;
  const backend = await createTfjsBackend({ name: 'cpu', tfjsName: 'cpu', describe: describeEngine });
  const ops = backend.ops as unknown as NetworkOps<Tensor>;
  const { golden, weights, options } = readGolden(name);
  const model = createNhits(ops, options);
  model.loadWeights(weights);
  const window = goldenWindow(ops, golden);
  const target = ops.tensor(golden.target.flat(), [8, options.horizon, 1]);
  const transform = chain(clipByGlobalNorm(1), adam({ learningRate: 1e-3 }));
  const optimizer = createOptimizer({ ops, parameters: model.parameters, transform });
  const parameters = [...model.parameters.values()];
  for (const [update, expected] of golden.fixed_batch_training.loss_before_each_step.entries()) {
    const { value, grads } = ops.variableGrads(() => {
      const run = { training: true, random: { seed: 1, counter: update } };
      return goldenLoss(ops, golden, model.forward(window, run), target);
    }, parameters);
    optimizer.apply(grads);
    const norm = (await optimizer.lastGradientNorm!.data())[0]!;
    expect(Math.abs((await value.data())[0]! / expected - 1), `loss ${update}`).toBeLessThan(tolerances.trajectory);
    const expectedNorm = golden.fixed_batch_training.grad_norm_before_clip[update]!;
    expect(Math.abs(norm / expectedNorm - 1), `norm ${update}`).toBeLessThan(tolerances.trajectoryNorm);
    ops.dispose([value, ...Object.values(grads)]);
  }
  optimizer.dispose();
  model.dispose();
  await backend.dispose();
});
