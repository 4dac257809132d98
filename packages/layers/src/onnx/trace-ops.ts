import { type Activation, leakyReluSlope, type NetworkOps } from '@nt/tensor';
import type { Attribute, OnnxGraph } from './onnx-graph.ts';
import { traceRule } from './trace-expression.ts';
import { traceLayout } from './trace-layout.ts';
import { tracePool } from './trace-pool.ts';
import { broadcast, cannotTrace, type TraceTensor, traceTensor, traceVariable } from './trace-tensor.ts';

const activations: Readonly<Record<Exclude<Activation, 'linear'>, string>> = {
  relu: 'Relu',
  leakyRelu: 'LeakyRelu',
  softplus: 'Softplus',
  tanh: 'Tanh',
  selu: 'Selu',
  sigmoid: 'Sigmoid',
};

/** Operations that write a graph instead of computing: whatever a network does on an engine, its file does too. */
export function traceOps(graph: OnnxGraph): NetworkOps<TraceTensor> {
  type T = TraceTensor;
  const one = (operator: string) => (x: T) => traceTensor(graph.node(operator, [x.name]), x.shape);
  const two = (operator: string) => (a: T, b: T) =>
    traceTensor(graph.node(operator, [a.name, b.name]), broadcast(a.shape, b.shape));
  const impossible = (what: string) => (): never => {
    throw cannotTrace(what);
  };
  const mlp: NetworkOps<T>['mlp'] = (x, layers) =>
    layers.reduce((input, { w, b, activation }) => {
      const sum = graph.node('Gemm', [input.name, w.name, b.name]);
      const slope: Record<string, Attribute> = activation === 'leakyRelu' ? { alpha: { float: leakyReluSlope } } : {};
      const output = activation === 'linear' ? sum : graph.node(activations[activation], [sum], slope);
      return traceTensor(output, [x.shape[0]!, w.shape[1]!]);
    }, x);
  return {
    ...traceLayout(graph),
    add: two('Add'),
    sub: two('Sub'),
    mul: two('Mul'),
    div: two('Div'),
    maximum: two('Max'),
    minimum: two('Min'),
    abs: one('Abs'),
    sqrt: one('Sqrt'),
    exp: one('Exp'),
    log: one('Log'),
    softplus: one('Softplus'),
    mlp,
    dense: (x, w, b, activation) => mlp(x, [{ w, b, activation }]),
    maxPool1d: (x, { kernelSize }) => tracePool(graph, 'max', x, kernelSize),
    avgPool1d: (x, { kernelSize }) => tracePool(graph, 'avg', x, kernelSize),
    constMatMul: (x, matrix) =>
      traceTensor(graph.node('MatMul', [x.name, matrix.name]), [...x.shape.slice(0, -1), matrix.shape[1]!]),
    matMul: impossible('matMul'),
    elementwise: (rule, inputs, scalars) => {
      const numbers = Object.entries<number | T>(scalars).map(
        ([name, s]) => [name, typeof s === 'number' ? graph.floats([s], []) : s.name] as const,
      );
      const tensors = Object.entries<T>(inputs);
      const names = new Map([...numbers, ...tensors.map(([name, tensor]) => [name, tensor.name] as const)]);
      const { shape } = tensors[0]![1];
      const outputs = [...traceRule(graph, rule, names)].map(
        ([name, from]) => [name, traceTensor(from, shape)] as const,
      );
      return Object.fromEntries(outputs) as Record<(typeof rule.outputs)[number][0], T>;
    },
    elementwiseEach: impossible('elementwiseEach'),
    globalNorm: impossible('globalNorm'),
    randomUniform: impossible('dropout'),
    logGamma: impossible('logGamma'),
    variable: traceVariable,
    variableGrads: impossible('a gradient'),
    recompute: (f) => f,
    tidy: (f) => f(),
    keep: (x) => x,
    dispose: () => {},
  };
}
