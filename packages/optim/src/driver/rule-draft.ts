import { type ElementwiseRule, type Expression, elementwiseRule, visitNames } from '@nt/tensor';
import type { StepSymbols, TransformStep } from '../gradient-transform.ts';
import { firstFree } from './host-state.ts';

/** Where a rule's scalar comes from: the update itself, or a number or measured tensor of a step. */
export type ScalarSource = 'gradientScale' | 'gate' | { readonly step: number; readonly name: string };

/** Where a rule's input comes from, other than a slot. */
export type InputSource = 'gradient' | 'weight' | { readonly step: number; readonly name: string };

/** A rule with the places its arguments come from. Inputs that are not in `inputs` are slots of the same name. */
export interface BoundRule {
  readonly rule: ElementwiseRule;
  readonly scalars: ReadonlyMap<string, ScalarSource>;
  readonly inputs: ReadonlyMap<string, InputSource>;
}

/** Collects the arithmetic of several steps, giving every name once. */
export class RuleDraft {
  weight: Expression = 'weight';
  #gradient: Expression = 'gradient';
  /** The gradient is still to be multiplied by it. */
  #factor: Expression | undefined;
  readonly #taken: Set<string>;
  readonly #slots: readonly string[];
  readonly #scalars = new Map<string, ScalarSource>();
  readonly #inputs = new Map<string, InputSource>([
    ['gradient', 'gradient'],
    ['weight', 'weight'],
  ]);
  readonly #definitions: (readonly [string, Expression])[] = [];

  constructor(slots: readonly string[]) {
    this.#slots = slots;
    this.#taken = new Set([...slots, 'gradient', 'weight']);
  }

  get gradient(): Expression {
    if (this.#factor !== undefined) this.#gradient = this.define('scaled', ['*', this.#factor, this.#gradient]);
    this.#factor = undefined;
    return this.#gradient;
  }

  /** What a step does to the gradient. */
  turn(gradient: Expression | undefined, factor: Expression | undefined): void {
    if (gradient !== undefined) {
      this.#gradient = this.define('direction', gradient);
      this.#factor = undefined;
    }
    if (factor !== undefined) this.#factor = this.#times(factor);
  }

  #times(factor: Expression): Expression {
    return this.#factor === undefined ? factor : ['*', factor, this.#factor];
  }

  define(name: string, expression: Expression): Expression {
    if (typeof expression !== 'object') return expression;
    const free = this.#free(name);
    this.#definitions.push([free, expression]);
    return free;
  }

  /** The name under which the rule knows `source`. */
  scalar(wanted: string, source: ScalarSource): string {
    return bind(this.#scalars, source, () => this.#free(wanted));
  }

  input(wanted: string, source: InputSource): string {
    return bind(this.#inputs, source, () => this.#free(wanted));
  }

  /** The symbols of one step, whose slots have the names of `slotNames` in the rule. */
  symbols(index: number, slotNames: ReadonlyMap<string, string>): StepSymbols {
    const draft = this;
    return {
      get gradient() {
        return draft.gradient;
      },
      scaledGradient: (factor) => ['*', this.#times(factor), this.#gradient],
      weight: this.weight,
      slot: (name) => slotNames.get(name)!,
      scalar: (name) => this.scalar(name, { step: index, name }),
      measured: (name) => this.scalar(name, { step: index, name }),
      input: (name) => this.input(name, { step: index, name }),
      define: (name, expression) => this.define(`${name}Next`, expression),
    };
  }

  /** The rule with what its outputs need, or undefined when there are no outputs. */
  finish(steps: readonly TransformStep[], outputs: readonly (readonly [string, Expression])[]): BoundRule | undefined {
    if (outputs.length === 0) return undefined;
    const used = new Set<string>();
    for (const [, expression] of outputs) visitNames(expression, (name) => used.add(name));
    const definitions = this.#definitions.reverse().filter(([name, expression]) => {
      if (used.has(name)) visitNames(expression, (mentioned) => used.add(mentioned));
      return used.has(name);
    });
    const rule = elementwiseRule({
      name: steps.map((step) => step.name).join('+') || 'unscale',
      inputs: [...this.#inputs.keys(), ...this.#slots].filter((name) => used.has(name)),
      scalars: [...this.#scalars.keys()].filter((name) => used.has(name)),
      definitions: definitions.reverse(),
      outputs,
    });
    return { rule, scalars: this.#scalars, inputs: this.#inputs };
  }

  #free(wanted: string): string {
    const name = firstFree(wanted, '_', (candidate) => this.#taken.has(candidate));
    this.#taken.add(name);
    return name;
  }
}

function bind<Source extends object | string>(known: Map<string, Source>, source: Source, name: () => string): string {
  for (const [existing, other] of known) {
    if (JSON.stringify(other) === JSON.stringify(source)) return existing;
  }
  const free = name();
  known.set(free, source);
  return free;
}
