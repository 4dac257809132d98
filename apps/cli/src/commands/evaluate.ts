import { writeTime } from '@nt/data';
import { evaluationTable, evaluationVerdict } from '../output/evaluation-table.ts';
import { whole } from '../output/numbers.ts';
import { stderrTerminal, writeResult } from '../output/terminal.ts';
import { type ModelFlags, useModel } from './use-model.ts';

export interface EvaluateFlags extends ModelFlags {
  readonly seasonLength?: number;
}

/** Prints the comparison on stdout. */
export async function evaluate(flags: EvaluateFlags): Promise<void> {
  const terminal = stderrTerminal(flags.quiet === true);
  await useModel(flags, async ({ forecaster, set }) => {
    const { seasonLength } = flags;
    const evaluation = await forecaster.evaluate(set, seasonLength === undefined ? {} : { seasonLength });
    const { windows, horizon, from, to, series } = evaluation;
    const span = `${writeTime(set, from)} to ${writeTime(set, to)}`;
    terminal.line(
      `${set.target}, ${span}: ${whole(windows)} windows of ${horizon} time steps from ${whole(series)} series; season of ${evaluation.seasonLength}`,
    );
    if (flags.json) {
      writeResult(`${JSON.stringify(evaluation, undefined, 2)}\n`);
      return;
    }
    process.stdout.write(`${evaluationTable(evaluation).join('\n')}\n`);
    terminal.line(evaluationVerdict(evaluation));
  });
}
