import { resolve } from 'node:path';
import type { SeriesSet } from '@nt/data';
import type { BlendExplanation, BlendPlan, Evaluation } from '@nt/forecast';
import type { RecipeJob } from '../train-job.ts';
import { blendLines } from './blend-lines.ts';
import { duration, short, whole } from './numbers.ts';
import { type Terminal, writeResult } from './terminal.ts';
import { tellEvaluation, tellNext } from './train-result.ts';

/** Says what a blend is going to be. */
export function tellRecipePlan(
  terminal: Terminal,
  { config, networks, validationWindows, testWindows }: BlendPlan,
  engine: { readonly engine: string; readonly kernelSet: string },
): void {
  terminal.line(
    `preset ${config.preset}: at most ${networks} networks of at most ${whole(config.maxUpdates)} updates, linear models and naive rules, blended by validation${config.refitWithValidation ? ', what it chooses fitted once more on the validation part too' : ''}. One network alone: --model nhits`,
  );
  terminal.line(
    `windows: ${whole(validationWindows)} to weigh the members by, ${whole(testWindows)} to judge by; engine: ${engine.engine} (${engine.kernelSet})`,
  );
}

/** What a fitted blend came to. */
export interface FittedRecipe {
  readonly job: RecipeJob;
  /** The result goes to stdout as JSON. */
  readonly json: boolean;
  readonly set: SeriesSet;
  readonly explanation: BlendExplanation;
  /** Null when nothing was kept back to judge by. */
  readonly evaluation: Evaluation | null;
}

/** Tells on stderr of whom the blend is made; the result itself, a table or JSON, goes to stdout. */
export function tellRecipeResult(terminal: Terminal, { job, json, set, explanation, evaluation }: FittedRecipe): void {
  const { members, seconds, validation, validationWindows, options } = explanation;
  const networks = members.filter(({ kind }) => kind === 'network').length;
  terminal.line();
  terminal.line(
    `fitted ${networks} networks beside ${members.length - networks} other members in ${duration(seconds)}; on ${whole(validationWindows)} validation windows, each series in units of its deviation:`,
  );
  for (const line of blendLines(explanation)) terminal.line(line);
  if (evaluation) tellEvaluation(terminal, evaluation, { target: set.target, test: options.test, json });
  else if (!json) writeResult(`validation MSE ${short(validation.mse)}, MAE ${short(validation.mae)}\n`);
  tellNext(terminal, job);
  if (json) {
    const result = { model: resolve(job.output), blend: explanation, evaluation, data: set.report };
    writeResult(`${JSON.stringify(result, undefined, 2)}\n`);
  }
}
