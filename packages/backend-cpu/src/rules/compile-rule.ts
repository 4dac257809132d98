import type { RuleProgram, RuleStep } from '../kernels/rule-call.ts';
import { evaluateUniform } from './evaluate-uniform.ts';
import type { CompiledRule, KernelRule } from './kernel-rule.ts';
import { buildGraph, type RuleGraph, type RuleValue } from './rule-graph.ts';

type Step = RuleValue & { kind: 'step' };

/** Where a value lives before registers are numbered through. */
type Place = { readonly bank: 'input' | 'constant' | 'temporary' | 'output'; readonly index: number };

/**
 * Compiles a rule into a program for the kernels.
 *
 * @param aliases for each output the input whose memory it may overwrite, if any: then it is written only after the
 *   last instruction that reads that input
 */
export function compileRule(
  rule: KernelRule,
  aliases: readonly (number | undefined)[] = [],
): CompiledRule<RuleProgram> {
  return new RuleCompiler(rule, buildGraph(rule), aliases).compile();
}

class RuleCompiler {
  readonly #rule: KernelRule;
  readonly #graph: RuleGraph;
  readonly #aliases: readonly (number | undefined)[];
  readonly #constants: RuleValue[] = [];
  readonly #places = new Map<RuleValue, Place>();
  readonly #free: number[] = [];
  #temporaries = 0;

  constructor(rule: KernelRule, graph: RuleGraph, aliases: readonly (number | undefined)[]) {
    this.#rule = rule;
    this.#graph = graph;
    this.#aliases = aliases;
  }

  compile(): CompiledRule<RuleProgram> {
    const steps = this.#graph.steps.map((step, at) => this.#place(step, at));
    const copies = this.#graph.outputs.flatMap((value, index) => {
      const to: Place = { bank: 'output', index };
      const from = this.#placeOf(value);
      return samePlace(from, to) ? [] : [{ operation: 'copy', result: to, operands: [from] } as const];
    });
    const ordered = this.#orderedCopies(steps, copies);
    const program: RuleProgram = {
      inputs: this.#rule.inputs.length,
      constants: this.#constants.length,
      temporaries: this.#temporaries,
      outputs: this.#graph.outputs.length,
      steps: ordered.map((step) => this.#numbered(step)),
    };
    const constants = this.#constants;
    return { program, uniform: (scalars) => constants.map((value) => uniformValue(value, scalars)) };
  }

  #place(step: Step, at: number): PlacedStep {
    const operands = step.operands.map((operand) => this.#placeOf(operand));
    this.#release(step, at);
    const result: Place = this.#outputFor(step, at) ?? {
      bank: 'temporary',
      index: this.#free.pop() ?? this.#temporaries++,
    };
    this.#places.set(step, result);
    return { operation: step.operation, result, operands };
  }

  /** The output register, when writing it now overwrites nothing that is still read. */
  #outputFor(step: Step, at: number): Place | undefined {
    const index = this.#graph.outputs.indexOf(step);
    if (index < 0) return undefined;
    const alias = this.#aliases[index];
    if (alias !== undefined && this.#lastUseOfInput(alias) > at) return undefined;
    return { bank: 'output', index };
  }

  /** An operand that is read here for the last time may be overwritten: elements are read before they are written. */
  #release(step: Step, at: number): void {
    for (const operand of new Set(step.operands)) {
      const place = this.#places.get(operand);
      if (place?.bank === 'temporary' && this.#lastUse(operand) === at) this.#free.push(place.index);
    }
  }

  #lastUse(value: RuleValue): number {
    if (this.#graph.outputs.includes(value)) return Number.POSITIVE_INFINITY;
    return this.#lastStep(({ operands }) => operands.includes(value));
  }

  #lastUseOfInput(index: number): number {
    const isInput = (value: RuleValue): boolean => value.kind === 'input' && value.index === index;
    if (this.#graph.outputs.some(isInput)) return Number.POSITIVE_INFINITY;
    return this.#lastStep(({ operands }) => operands.some(isInput));
  }

  #lastStep(matches: (step: Step) => boolean): number {
    return this.#graph.steps.reduce((last, step, at) => (matches(step) ? at : last), -1);
  }

  #placeOf(value: RuleValue): Place {
    if (value.kind === 'input') return { bank: 'input', index: value.index };
    if (value.kind === 'step') return this.#places.get(value)!;
    const known = this.#constants.indexOf(value);
    return { bank: 'constant', index: known >= 0 ? known : this.#constants.push(value) - 1 };
  }

  /** Copies out of inputs come before copies into memory that those inputs may share. */
  #orderedCopies(steps: readonly PlacedStep[], copies: readonly PlacedStep[]): PlacedStep[] {
    const fromInput = copies.filter(({ operands }) => operands[0]!.bank === 'input');
    const swaps = fromInput.some(({ result }) => this.#aliases[result.index] !== undefined);
    if (!swaps) return [...steps, ...fromInput, ...copies.filter((copy) => !fromInput.includes(copy))];
    const saved = fromInput.map(({ operands, result }) => {
      const temporary: Place = { bank: 'temporary', index: this.#temporaries++ };
      return {
        save: { operation: 'copy', result: temporary, operands } as const,
        restore: { operation: 'copy', result, operands: [temporary] } as const,
      };
    });
    const others = copies.filter((copy) => !fromInput.includes(copy));
    return [...saved.map(({ save }) => save), ...steps, ...saved.map(({ restore }) => restore), ...others];
  }

  #numbered({ operation, result, operands }: PlacedStep): RuleStep {
    const [a, b = a, c = a] = operands.map((operand) => this.#register(operand)) as [number, number?, number?];
    return { operation, result: this.#register(result), a, b: b!, c: c! };
  }

  #register({ bank, index }: Place): number {
    const inputs = this.#rule.inputs.length;
    const starts = {
      input: 0,
      constant: inputs,
      temporary: inputs + this.#constants.length,
      output: inputs + this.#constants.length + this.#temporaries,
    };
    return starts[bank] + index;
  }
}

interface PlacedStep {
  readonly operation: RuleStep['operation'];
  readonly result: Place;
  readonly operands: readonly Place[];
}

const samePlace = (a: Place, b: Place): boolean => a.bank === b.bank && a.index === b.index;

function uniformValue(value: RuleValue, scalars: Readonly<Record<string, number>>): number {
  if (value.kind !== 'uniform') throw new Error('only uniform values are constants');
  if (value.operation) {
    return evaluateUniform(
      value.operation,
      value.operands.map((operand) => uniformValue(operand, scalars)),
    );
  }
  return typeof value.leaf === 'number' ? value.leaf : scalars[value.leaf]!;
}
