import { TensorError } from '../tensor-error.ts';
import { binaryOperations, type Expression, unaryOperations } from './expression.ts';

/** One arithmetic rule applied to each element of some tensors of the same shape: an optimizer's update, a mask. */
export interface ElementwiseRule<
  Input extends string = string,
  Scalar extends string = string,
  Output extends string = string,
> {
  /** For profiles and kernel caches; rules with the same name need not be equal. */
  readonly name: string;
  /** Tensors read. */
  readonly inputs: readonly Input[];
  /** Numbers or rank-0 tensors read. */
  readonly scalars: readonly Scalar[];
  /** Intermediate results in order; each may use inputs, scalars and earlier definitions. Names must be new. */
  readonly definitions: readonly (readonly [name: string, expression: Expression])[];
  /** Results in order. An output may bear an input's name: then it is that input's new value. */
  readonly outputs: readonly (readonly [name: Output, expression: Expression])[];
}

/** Options of `TensorOps.elementwise`. */
export interface ElementwiseOptions<Input extends string = string> {
  /** Inputs whose memory may be reused for outputs. */
  readonly donate?: readonly Input[];
  /**
   * Gives the scalars again when a captured call is repeated: for those that change from call to call. Tensors among them
   * must be the same ones.
   */
  readonly late?: (() => LateScalars) | undefined;
}

/** Scalars of a rule by name; a number, or a rank-0 tensor. */
export type LateScalars = Readonly<Record<string, unknown>>;

/**
 * Attributes of the `NtElementwise` kernel, which evaluates the rule for `groups` groups of inputs. `scalars` holds a
 * value, or the input name of a rank-0 tensor.
 * A kernel may overwrite a donated input only when nobody else refers to its data (tfjs: `refCount` 1).
 */
export interface ElementwiseKernelAttributes {
  readonly rule: ElementwiseRule;
  readonly scalars: Readonly<Record<string, number | { readonly input: string }>>;
  readonly donate: readonly string[];
  readonly groups: number;
  /** Gives those of `scalars` that are numbers again, when a captured call is repeated. */
  readonly late?: (() => LateScalars) | undefined;
}

/**
 * Checks a rule once, when it is built.
 *
 * @throws TensorError `tensor/rule` for an unknown operation or name, a name defined twice, or no outputs
 */
export function elementwiseRule<Input extends string, Scalar extends string, Output extends string>(
  rule: ElementwiseRule<Input, Scalar, Output>,
): ElementwiseRule<Input, Scalar, Output> {
  const known = new Set<string>();
  const define = (name: string): void => {
    if (known.has(name)) throw ruleError(rule.name, `the name '${name}' is given twice; names must be new`);
    known.add(name);
  };
  for (const name of [...rule.inputs, ...rule.scalars]) define(name);
  for (const [name, expression] of rule.definitions) {
    checkExpression(rule.name, expression, known);
    define(name);
  }
  if (rule.outputs.length === 0) throw ruleError(rule.name, 'it has no outputs; give at least one');
  const outputs = new Set<string>();
  for (const [name, expression] of rule.outputs) {
    checkExpression(rule.name, expression, known);
    if (outputs.has(name)) throw ruleError(rule.name, `the output '${name}' is given twice`);
    outputs.add(name);
  }
  return rule;
}

const arity = new Map<string, number>([
  ...unaryOperations.map((name) => [name, 1] as const),
  ...binaryOperations.map((name) => [name, 2] as const),
  ['select', 3],
]);

function checkExpression(rule: string, expression: Expression, known: ReadonlySet<string>): void {
  if (typeof expression === 'number') return;
  if (typeof expression === 'string') {
    if (!known.has(expression))
      throw ruleError(rule, `'${expression}' is not defined; known: ${[...known].join(', ')}`);
    return;
  }
  const [operation, ...operands] = expression as readonly [string, ...Expression[]];
  const expected = arity.get(operation);
  if (expected === undefined) {
    throw ruleError(rule, `'${operation}' is not an operation; the language has ${[...arity.keys()].join(' ')}`);
  }
  if (operands.length !== expected) {
    throw ruleError(rule, `'${operation}' takes ${expected} operands, got ${operands.length}`);
  }
  for (const operand of operands) checkExpression(rule, operand, known);
}

function ruleError(rule: string, problem: string): TensorError {
  return new TensorError('tensor/rule', `Elementwise rule '${rule}': ${problem}.`, { rule });
}
