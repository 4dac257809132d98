import type { ElementwiseRule, Expression } from '@nt/tensor';
import { type HostValue, hostLeaf, hostOperation } from './host-value.ts';

/** A rule in WGSL. */
export interface RuleCode {
  /** Statements that make `out0`, `out1`, … of `in0`, …, of `scalar0`, … (tensors) and of `constant0`, … */
  readonly statements: string;
  /** Values of the constants. */
  readonly constants: (scalars: Readonly<Record<string, number>>) => number[];
  readonly constantCount: number;
}

/** A value of a rule: known to the host, or WGSL code with what it is. */
type Value = { readonly host: HostValue; readonly key: string } | { readonly code: string; readonly isTruth: boolean };

const binary: Readonly<Record<string, (a: string, b: string) => string>> = {
  '+': (a, b) => `(${a} + ${b})`,
  '-': (a, b) => `(${a} - ${b})`,
  '*': (a, b) => `(${a} * ${b})`,
  '/': (a, b) => `(${a} / ${b})`,
  min: (a, b) => `smaller(${a}, ${b})`,
  max: (a, b) => `larger(${a}, ${b})`,
  pow: (a, b) => `power(${a}, ${b})`,
};

/** As in IEEE arithmetic, NaN is unequal to everything and neither smaller nor larger. */
const truths: Readonly<Record<string, (a: string, b: string) => string>> = {
  '<': (a, b) => `(${a} < ${b} && areNumbers(${a}, ${b}))`,
  '<=': (a, b) => `(${a} <= ${b} && areNumbers(${a}, ${b}))`,
  '>': (a, b) => `(${a} > ${b} && areNumbers(${a}, ${b}))`,
  '>=': (a, b) => `(${a} >= ${b} && areNumbers(${a}, ${b}))`,
  '==': (a, b) => `(${a} == ${b} && areNumbers(${a}, ${b}))`,
  '!=': (a, b) => `(${a} != ${b} || !areNumbers(${a}, ${b}))`,
};

const unary: Readonly<Record<string, string>> = {
  sqrt: 'squareRoot',
  rsqrt: 'inverseRoot',
  exp: 'exponential',
  log: 'logarithm',
  abs: 'abs',
  sign: 'signOf',
};

/** @param tensorScalars scalars that are tensors, in the order of `scalar0`, … */
export function ruleCode(rule: ElementwiseRule, tensorScalars: readonly string[]): RuleCode {
  return new RuleWriter(rule, tensorScalars).write();
}

class RuleWriter {
  readonly #rule: ElementwiseRule;
  readonly #names = new Map<string, Value>();
  readonly #constants = new Map<string, HostValue>();
  readonly #lines: string[] = [];

  constructor(rule: ElementwiseRule, tensorScalars: readonly string[]) {
    this.#rule = rule;
    for (const [i, name] of rule.inputs.entries()) this.#names.set(name, number(`in${i}`));
    for (const name of rule.scalars) {
      const place = tensorScalars.indexOf(name);
      this.#names.set(name, place < 0 ? { host: hostLeaf(name), key: name } : number(`scalar${place}`));
    }
  }

  write(): RuleCode {
    for (const [name, expression] of this.#rule.definitions) this.#names.set(name, this.#value(expression));
    const outputs = this.#rule.outputs.map(([, expression]) => this.#code(this.#value(expression)));
    // All are computed before the first is written: it may lie where an input does.
    for (const [i, code] of outputs.entries()) this.#lines.push(`let out${i} = ${code};`);
    const values = [...this.#constants.values()];
    return {
      statements: this.#lines.join('\n'),
      constants: (scalars) => values.map((value) => value(scalars)),
      constantCount: values.length,
    };
  }

  #value(expression: Expression): Value {
    if (typeof expression === 'number') {
      return { host: hostLeaf(expression), key: Object.is(expression, -0) ? '-0' : String(expression) };
    }
    if (typeof expression === 'string') return this.#names.get(expression)!;
    const [operation, ...rest] = expression as readonly [string, ...Expression[]];
    const operands = rest.map((operand) => this.#value(operand));
    const known = operands.flatMap((operand) => ('host' in operand ? [operand] : []));
    if (known.length === operands.length) {
      const key = `(${operation} ${known.map((operand) => operand.key).join(' ')})`;
      return {
        host: hostOperation(
          operation,
          known.map(({ host }) => host),
        ),
        key,
      };
    }
    return this.#named(this.#operation(operation, operands));
  }

  #operation(operation: string, operands: readonly Value[]): Value {
    const codes = operands.map((operand) => this.#code(operand)) as [string, string, string];
    if (operation === 'select') return number(`select(${codes[2]}, ${codes[1]}, ${this.#truth(operands[0]!)})`);
    const compare = truths[operation];
    if (compare) return { code: compare(codes[0], codes[1]), isTruth: true };
    const function_ = unary[operation];
    return number(function_ ? `${function_}(${codes[0]})` : binary[operation]!(codes[0], codes[1]));
  }

  /** A name for a value, so that using it twice computes it once. */
  #named(value: Value): Value {
    if ('host' in value) return value;
    const name = `v${this.#lines.length}`;
    this.#lines.push(`let ${name} = ${value.code};`);
    return { code: name, isTruth: value.isTruth };
  }

  #code(value: Value): string {
    if ('host' in value) return this.#constant(value);
    return value.isTruth ? `f32(${value.code})` : value.code;
  }

  /** A condition; a number is one where it is not 0, NaN included. */
  #truth(value: Value): string {
    if ('code' in value && value.isTruth) return value.code;
    const code = this.#code(value);
    return `(${code} != 0.0 || isNan(${code}))`;
  }

  #constant({ key, host }: Extract<Value, { host: HostValue }>): string {
    if (!this.#constants.has(key)) this.#constants.set(key, host);
    return `constant${[...this.#constants.keys()].indexOf(key)}`;
  }
}

const number = (code: string): Value => ({ code, isTruth: false });
