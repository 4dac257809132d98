import type { ElementwiseRule, Expression } from '@nt/tensor';
import type { OnnxGraph } from './onnx-graph.ts';

const arithmetic: Readonly<Record<string, string>> = {
  '+': 'Add',
  '-': 'Sub',
  '*': 'Mul',
  '/': 'Div',
  min: 'Min',
  max: 'Max',
  pow: 'Pow',
  sqrt: 'Sqrt',
  exp: 'Exp',
  log: 'Log',
  abs: 'Abs',
  sign: 'Sign',
};

const comparisons: Readonly<Record<string, string>> = {
  '<': 'Less',
  '<=': 'LessOrEqual',
  '>': 'Greater',
  '>=': 'GreaterOrEqual',
  '==': 'Equal',
};

/** Code of float in `Cast`. */
const toFloat = { to: { whole: 1 } } as const;

/** The nodes of an elementwise rule. @returns names of its outputs by theirs */
export function traceRule(
  graph: OnnxGraph,
  rule: ElementwiseRule,
  given: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const known = new Map(given);
  const trace = (expression: Expression): string => {
    if (typeof expression === 'number') return graph.floats([expression], []);
    if (typeof expression === 'string') return known.get(expression)!;
    const [operation, ...operands] = expression as readonly [string, ...Expression[]];
    const names = operands.map(trace);
    if (operation === 'select') return graph.node('Where', [isTrue(names[0]!), names[1]!, names[2]!]);
    if (operation === 'rsqrt') return graph.node('Reciprocal', [graph.node('Sqrt', names)]);
    if (operation === '!=') return graph.node('Cast', [graph.node('Not', [graph.node('Equal', names)])], toFloat);
    const comparison = comparisons[operation];
    if (comparison) return graph.node('Cast', [graph.node(comparison, names)], toFloat);
    return graph.node(arithmetic[operation]!, names);
  };
  const isTrue = (name: string): string => graph.node('Not', [graph.node('Equal', [name, graph.floats([0], [])])]);
  for (const [name, expression] of rule.definitions) known.set(name, trace(expression));
  return new Map(rule.outputs.map(([name, expression]) => [name, trace(expression)]));
}
