import { writeTime } from '@nt/data';
import { evaluateUnseen } from '@nt/forecast';
import type { MetricName } from '@nt/forecast/metrics';
import { askedQuantiles } from '../options/asked-quantiles.ts';
import { evaluationTable } from '../output/evaluation-table.ts';
import { evaluationVerdict } from '../output/evaluation-verdict.ts';
import { whole } from '../output/numbers.ts';
import { stderrTerminal, writeResult } from '../output/terminal.ts';
import { type ModelFlags, useModel } from './use-model.ts';

export interface EvaluateFlags extends ModelFlags {
  readonly seasonLength?: number;
  readonly metrics?: readonly MetricName[];
  readonly levels?: readonly number[];
}

/** Prints the comparison on stdout. */
export async function evaluate(flags: EvaluateFlags): Promise<void> {
  const terminal = stderrTerminal(flags.quiet === true);
  await useModel(flags, async ({ forecaster, set }) => {
    const { seasonLength, metrics } = flags;
    // One that can tell any interval is judged by the usual ones.
    const isUsual = flags.levels === undefined && forecaster.quantiles === 'any';
    const asked = isUsual ? {} : askedQuantiles(flags, forecaster);
    const evaluation = await evaluateUnseen(forecaster, set, { seasonLength, metrics, ...asked });
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
