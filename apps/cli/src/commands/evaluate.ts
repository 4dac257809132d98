import { writeTime } from '@nt/data';
import { evaluateUnseen } from '@nt/forecast';
import type { MetricName } from '@nt/forecast/metrics';
import { evaluationVerdict } from '@nt/report/words';
import { askedQuantiles } from '../options/asked-quantiles.ts';
import { tradingGiven } from '../options/trading-flags.ts';
import { evaluationTable } from '../output/evaluation-table.ts';
import { whole } from '../output/numbers.ts';
import { checkPictures, type PictureFlags } from '../output/pictures.ts';
import { stderrTerminal, writeResult } from '../output/terminal.ts';
import { tradingTables, tradingVerdict } from '../output/trading-tables.ts';
import { tellScript } from '../report/tell-script.ts';
import { type ModelFlags, useModel } from './use-model.ts';

export interface EvaluateFlags extends ModelFlags, PictureFlags {
  readonly sketch: boolean;
  readonly seasonLength?: number;
  readonly metrics?: readonly MetricName[];
  readonly levels?: readonly number[];
}

/** Prints the comparison on stdout, draws it. */
export async function evaluate(flags: EvaluateFlags): Promise<void> {
  const terminal = stderrTerminal(flags.quiet === true);
  await checkPictures(flags);
  await useModel(flags, async (model) => {
    const { forecaster, set } = model;
    const { seasonLength, metrics } = flags;
    // One that can tell any interval is judged by the usual ones.
    const isUsual = flags.levels === undefined && forecaster.quantiles === 'any';
    const asked = isUsual ? {} : askedQuantiles(flags, forecaster);
    const { trading } = tradingGiven(flags);
    const options = { seasonLength, metrics, ...(trading && { trading }), ...asked };
    const evaluation = await evaluateUnseen(forecaster, set, options);
    const { windows, horizon, from, to, series } = evaluation;
    const span = `${writeTime(set, from)} to ${writeTime(set, to)}`;
    terminal.line(
      `${set.target}, ${span}: ${whole(windows)} windows of ${horizon} time steps from ${whole(series)} series; season of ${evaluation.seasonLength}`,
    );
    if (flags.json) writeResult(`${JSON.stringify(evaluation, undefined, 2)}\n`);
    else {
      process.stdout.write(`${evaluationTable(evaluation).join('\n')}\n`);
      if (evaluation.trading) process.stdout.write(`${tradingTables(evaluation.trading, trading ?? {}).join('\n')}\n`);
      terminal.line(evaluationVerdict(evaluation));
      if (evaluation.trading) for (const line of tradingVerdict(evaluation.trading)) terminal.line(line);
    }
    await tellScript(() => ({
      ...{ kind: 'evaluate', model: flags.model, data: { source: model.source, reading: set.reading }, options },
    }));
    if (flags.plot === undefined && flags.report === undefined && !terminal.isInteractive) return;
    const { showEvaluation } = await import('../report/show-evaluation.ts');
    await showEvaluation(model, evaluation, options, flags, terminal);
  });
}
