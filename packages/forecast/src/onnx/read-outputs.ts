import { type OnnxGraph, type TraceTensor, traceTensor } from '@nt/layers/onnx';
import type { NetworkOps } from '@nt/tensor';
import type { DistributionName, Head } from '../heads/head.ts';
import type { LossName } from '../heads/heads.ts';
import type { QuantileHeadOptions } from '../heads/quantile-head.ts';
import type { Chosen } from '../options/choice.ts';

/** What a head makes of the outputs, still scaled, each `[batch, horizon]`; quantiles in ascending order. */
export interface TraceReading {
  readonly point: TraceTensor;
  readonly quantiles: readonly TraceTensor[];
}

/** Where the point forecast of a distribution stands among its parameters. */
const pointColumns: Readonly<Record<DistributionName, number>> = { normal: 0, studentT: 1, negativeBinomial: 0 };

/** `Head.read` as operations of a file. */
export function readOutputs(
  graph: OnnxGraph,
  ops: NetworkOps<TraceTensor>,
  loss: Chosen<LossName>,
  { outputs, distribution, quantiles }: Head,
  output: TraceTensor,
  horizon: number,
): TraceReading {
  const batch = output.shape[0]!;
  const column = (index: number): TraceTensor =>
    ops.reshape(ops.slice(output, [0, 0, index], [batch, horizon, 1]), [batch, horizon]);
  if (distribution === 'negativeBinomial')
    return { point: ops.add(ops.softplus(column(0)), ops.tensor([1e-6], [])), quantiles: [] };
  if (distribution) return { point: column(pointColumns[distribution]), quantiles: [] };
  if (loss.name !== 'quantile' || quantiles === 'any') return { point: column(0), quantiles: [] };
  const { crossing = 'repair' } = loss as unknown as QuantileHeadOptions;
  const median = quantiles.indexOf(0.5);
  const raw = Array.from({ length: outputs }, (_, index) => column(index));
  const columns = crossing === 'allow' ? raw : crossing === 'repair' ? sorted(graph, raw) : inOrder(ops, raw, median);
  return { point: columns[median]!, quantiles: columns };
}

/** Neighbours change places as often as there are columns: that puts them in order. */
function sorted(graph: OnnxGraph, columns: readonly TraceTensor[]): TraceTensor[] {
  const order = [...columns];
  const pick = (operator: 'Min' | 'Max', a: TraceTensor, b: TraceTensor): TraceTensor =>
    traceTensor(graph.node(operator, [a.name, b.name]), a.shape);
  for (let round = 0; round < order.length; round++) {
    for (let k = round % 2; k + 1 < order.length; k += 2) {
      const [low, high] = [order[k]!, order[k + 1]!];
      order[k] = pick('Min', low, high);
      order[k + 1] = pick('Max', low, high);
    }
  }
  return order;
}

/** The median, and from there softplus of the differences between neighbours. */
function inOrder(ops: NetworkOps<TraceTensor>, raw: readonly TraceTensor[], median: number): TraceTensor[] {
  const columns = [...raw];
  const step = (k: number): TraceTensor => ops.softplus(ops.sub(raw[k + 1]!, raw[k]!));
  for (let k = median + 1; k < raw.length; k++) columns[k] = ops.add(columns[k - 1]!, step(k - 1));
  for (let k = median - 1; k >= 0; k--) columns[k] = ops.sub(columns[k + 1]!, step(k));
  return columns;
}
