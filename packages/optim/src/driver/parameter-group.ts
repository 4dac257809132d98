import type { Expression } from '@nt/tensor';
import type { SlotStart, TransformStep } from '../gradient-transform.ts';
import { firstFree } from './host-state.ts';
import { type BoundRule, RuleDraft } from './rule-draft.ts';

/** A step with its place in the chain and the state keys of its slots. */
export interface PlacedStep {
  readonly index: number;
  readonly step: TransformStep;
  /** The step's own slot name → key of the state. */
  readonly slots: ReadonlyMap<string, string>;
}

/** Consecutive steps that run as one pass over memory. */
export interface Stage {
  readonly steps: readonly PlacedStep[];
  /** Index of its first step in the chain. */
  readonly start: number;
  /** Whether later stages of the parameter need the gradient. */
  readonly handsOn: boolean;
}

/** What differs between two rules of the same stage. */
export interface RuleVariant {
  readonly scaled: boolean;
  readonly gated: boolean;
}

/** Parameters to which the same steps apply: they share stages and rules. */
export class ParameterGroup {
  readonly steps: readonly PlacedStep[];
  readonly stages: readonly Stage[];
  /** Key of the state → what it holds before the first update. */
  readonly slots: ReadonlyMap<string, SlotStart>;
  readonly #rules = new Map<string, BoundRule | undefined>();

  constructor(steps: readonly (readonly [index: number, step: TransformStep])[]) {
    const slots = new Map<string, SlotStart>();
    this.steps = steps.map(([index, step]) => {
      const keys = new Map<string, string>();
      for (const [local, start] of Object.entries(step.slots ?? {})) {
        const key = firstFree(local, '_', (name) => slots.has(name));
        slots.set(key, start);
        keys.set(local, key);
      }
      return { index, step, slots: keys };
    });
    this.slots = slots;
    this.stages = splitIntoStages(this.steps);
  }

  /** The rule of a stage; undefined when the stage changes nothing that anyone reads. */
  rule(stage: Stage, variant: RuleVariant): BoundRule | undefined {
    const key = `${stage.start} ${variant.scaled} ${variant.gated}`;
    if (!this.#rules.has(key)) this.#rules.set(key, compileStage(stage, [...this.slots.keys()], variant));
    return this.#rules.get(key);
  }

  /** The rule `value` ← weight to evaluate with; undefined when that is the weight itself. */
  evaluationRule(): BoundRule | undefined {
    if (!this.#rules.has('evaluation')) this.#rules.set('evaluation', this.#compileEvaluation());
    return this.#rules.get('evaluation');
  }

  #compileEvaluation(): BoundRule | undefined {
    const placed = this.steps.filter(({ step }) => step.evaluate).at(-1);
    if (!placed) return undefined;
    const draft = new RuleDraft([...this.slots.keys()]);
    const value = placed.step.evaluate!(draft.symbols(placed.index, placed.slots));
    return draft.finish([placed.step], [['value', value]]);
  }
}

/** A step that measures values ends the pass before it: they must be in memory first. */
const needsValues = (step: TransformStep): boolean => step.measure !== undefined && step.measure.of !== 'shape';

function splitIntoStages(steps: readonly PlacedStep[]): Stage[] {
  const runs: PlacedStep[][] = [];
  for (const placed of steps) {
    if (runs.length === 0 || needsValues(placed.step)) runs.push([]);
    runs.at(-1)!.push(placed);
  }
  return runs.map((run, i) => ({ steps: run, start: run[0]!.index, handsOn: i < runs.length - 1 }));
}

function compileStage(
  stage: Stage,
  slotKeys: readonly string[],
  { scaled, gated }: RuleVariant,
): BoundRule | undefined {
  const draft = new RuleDraft(slotKeys);
  if (scaled) draft.turn(undefined, draft.scalar('gradientScale', 'gradientScale'));
  const written = new Map<string, Expression>();
  for (const { index, step, slots } of stage.steps) {
    const changes = step.write?.(draft.symbols(index, slots)) ?? {};
    draft.turn(changes.gradient, changes.factor);
    if (changes.weight !== undefined) draft.weight = draft.define('weightNext', changes.weight);
    for (const [name, value] of Object.entries(changes.slots ?? {})) written.set(slots.get(name)!, value!);
  }
  if (draft.weight !== 'weight') written.set('weight', draft.weight);
  const outputs = [...written].map(([name, value]) => [name, gated ? gate(draft, name, value) : value] as const);
  if (stage.handsOn && draft.gradient !== 'gradient') outputs.push(['gradient', draft.gradient]);
  return draft.finish(
    stage.steps.map(({ step }) => step),
    outputs,
  );
}

const gate = (draft: RuleDraft, name: string, value: Expression): Expression => [
  'select',
  draft.scalar('gate', 'gate'),
  value,
  name,
];
