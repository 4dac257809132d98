import type { StepOperation } from '../kernels/rule-call.ts';
import type { KernelExpression, KernelRule } from './kernel-rule.ts';

/** A value of a rule: the same for all elements (`uniform`), an input, or the result of an instruction. */
export type RuleValue =
  | {
      readonly kind: 'uniform';
      readonly operation?: StepOperation;
      readonly operands: readonly RuleValue[];
      readonly leaf: string | number;
    }
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'step'; readonly operation: StepOperation; readonly operands: readonly RuleValue[] };

/** A rule's expressions as a graph in which equal expressions are one value. */
export interface RuleGraph {
  /** Every instruction, each after its operands. */
  readonly steps: readonly (RuleValue & { kind: 'step' })[];
  readonly outputs: readonly RuleValue[];
}

/** Turns the nested expressions of a rule into instructions, shares what is equal, and fuses a·b + c and c − a·b. */
export function buildGraph(rule: KernelRule): RuleGraph {
  return new GraphBuilder(rule).build();
}

class GraphBuilder {
  readonly #rule: KernelRule;
  readonly #names = new Map<string, RuleValue>();
  readonly #shared = new Map<string, RuleValue>();
  readonly #numbers = new Map<RuleValue, number>();
  readonly #steps: (RuleValue & { kind: 'step' })[] = [];

  constructor(rule: KernelRule) {
    this.#rule = rule;
  }

  build(): RuleGraph {
    const { inputs, scalars, definitions, outputs } = this.#rule;
    for (const [index, name] of inputs.entries()) {
      this.#names.set(
        name,
        this.#share(`input ${index}`, () => ({ kind: 'input', index })),
      );
    }
    for (const name of scalars) this.#names.set(name, this.#leaf(name));
    for (const [name, expression] of definitions) this.#names.set(name, this.#value(expression));
    const results = outputs.map(([, expression]) => this.#value(expression));
    return { steps: this.#reachable(results), outputs: results };
  }

  #value(expression: KernelExpression): RuleValue {
    if (typeof expression === 'string') return this.#names.get(expression)!;
    if (typeof expression === 'number') return this.#leaf(expression);
    const [operation, ...rest] = expression;
    return this.#node(
      operation,
      rest.map((operand) => this.#value(operand)),
    );
  }

  #leaf(leaf: string | number): RuleValue {
    return this.#share(`leaf ${typeof leaf} ${Object.is(leaf, -0) ? '-0' : leaf}`, () => ({
      kind: 'uniform',
      operands: [],
      leaf,
    }));
  }

  #node(operation: StepOperation, operands: readonly RuleValue[]): RuleValue {
    if (operands.every(({ kind }) => kind === 'uniform')) {
      return this.#share(this.#key(operation, operands), () => ({ kind: 'uniform', operation, operands, leaf: 0 }));
    }
    const fused = fuse(operation, operands);
    return this.#share(this.#key(fused.operation, fused.operands), () => {
      const step = { kind: 'step', ...fused } as const;
      this.#steps.push(step);
      return step;
    });
  }

  #key(operation: StepOperation, operands: readonly RuleValue[]): string {
    return `${operation} ${operands.map((operand) => this.#numbers.get(operand)).join(' ')}`;
  }

  #share(key: string, make: () => RuleValue): RuleValue {
    const known = this.#shared.get(key);
    if (known) return known;
    const value = make();
    this.#shared.set(key, value);
    this.#numbers.set(value, this.#numbers.size);
    return value;
  }

  /** Products that were fused into sums, and definitions that no output uses, need no instruction of their own. */
  #reachable(results: readonly RuleValue[]): (RuleValue & { kind: 'step' })[] {
    const used = new Set<RuleValue>();
    const visit = (value: RuleValue): void => {
      if (used.has(value) || value.kind !== 'step') return;
      used.add(value);
      value.operands.forEach(visit);
    };
    results.forEach(visit);
    return this.#steps.filter((step) => used.has(step));
  }
}

function fuse(
  operation: StepOperation,
  operands: readonly RuleValue[],
): { operation: StepOperation; operands: readonly RuleValue[] } {
  const [a, b] = operands as [RuleValue, RuleValue];
  if (operation === '+' && isProduct(b)) return { operation: 'multiplyAdd', operands: [...b.operands, a] };
  if (operation === '+' && isProduct(a)) return { operation: 'multiplyAdd', operands: [...a.operands, b] };
  if (operation === '-' && isProduct(b)) return { operation: 'multiplySubtract', operands: [...b.operands, a] };
  return { operation, operands };
}

const isProduct = (value: RuleValue): value is RuleValue & { kind: 'step' } =>
  value.kind === 'step' && value.operation === '*';
