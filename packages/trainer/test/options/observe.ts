import { expect } from 'vitest';
import { fit, type TrainEvent, type TrainEventOf, type TrainResult } from '../../src/index.ts';
import { type ToyOptions, type ToyRunSetup, toyRun } from '../toy/toy-run.ts';

/** For each option a test that shows its effect. */
export type EffectTable<Options> = { readonly [Name in keyof Required<Options>]: () => Promise<unknown> };

export interface Observed {
  readonly result: TrainResult;
  readonly events: readonly TrainEvent[];
  readonly weights: readonly number[];
  of<Type extends TrainEvent['type']>(type: Type): readonly TrainEventOf<Type>[];
}

/** Two epochs of five updates, unless the options say otherwise. */
export async function observe(
  options: Partial<ToyOptions> = {},
  setup: ToyRunSetup<never> = {},
  extra = {},
): Promise<Observed> {
  const budget =
    options.maxEpochs || options.maxUpdates || options.maxTime || options.fastDevRun ? {} : { maxEpochs: 2 };
  const run = toyRun({ ...budget, ...options }, setup as never);
  const events: TrainEvent[] = [];
  const result = await fit({ ...run.options, ...extra, onEvent: (event) => events.push(event) });
  const weights = [...run.model.parameters.values()].flatMap((variable) => [...variable.values]);
  const of = <Type extends TrainEvent['type']>(type: Type) =>
    events.filter((event): event is TrainEventOf<Type> => event.type === type);
  return { result, events, weights, of };
}

export const validated: NonNullable<ToyOptions['validation']> = toyRun().options.validation!;
export const noValidation = undefined as never;

/** The numbers of the updates at which an event happened. */
export const updatesOf = (events: readonly { readonly update: number }[]): number[] =>
  events.map(({ update }) => update);

export async function expectDifference(options: Partial<ToyOptions>, setup: ToyRunSetup<never> = {}): Promise<void> {
  expect((await observe(options, setup)).weights).not.toEqual((await observe({}, setup)).weights);
}

export async function expectSetupDifference(setup: ToyRunSetup<never>): Promise<void> {
  expect((await observe({}, setup)).weights).not.toEqual((await observe()).weights);
}
