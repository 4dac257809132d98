import type { ScalerKind } from '@nt/data';
import { type OnnxGraph, type TraceTensor, traceTensor } from '@nt/layers/onnx';
import type { NetworkOps } from '@nt/tensor';
import { badOption } from '../fit/check-options.ts';

/** The way to scaled values and back. */
export interface TargetScaling {
  there(x: TraceTensor): TraceTensor;
  back(y: TraceTensor): TraceTensor;
}

/** What `Scaler` of `@nt/data` does to the target, as nodes. @throws LinearError `linear/option` for `boxcox` */
export function targetScaling(
  ops: NetworkOps<TraceTensor>,
  graph: OnnxGraph,
  kind: ScalerKind,
  { shift, scale }: { readonly shift: TraceTensor; readonly scale: TraceTensor },
): TargetScaling {
  if (kind === 'boxcox') throw badOption('scaler', "a fit with another scaler than 'boxcox' (log is near to it)", kind);
  const there = (x: TraceTensor): TraceTensor => ops.div(ops.sub(x, shift), scale);
  const back = (y: TraceTensor): TraceTensor => ops.add(ops.mul(y, scale), shift);
  const node = (operator: string, x: TraceTensor): TraceTensor => traceTensor(graph.node(operator, [x.name]), x.shape);
  if (kind === 'log') return { there: (x) => there(ops.log(x)), back: (y) => ops.exp(back(y)) };
  if (kind === 'arcsinh') return { there: (x) => node('Asinh', there(x)), back: (y) => back(node('Sinh', y)) };
  return { there, back };
}
