import type { Backtest } from '@nt/forecast';
import { plotOfErrors, plotOfWalk, type Report, reportBacktest, type ScriptEngine, scriptOf } from '@nt/report';
import type { BackendDescription } from '@nt/tensor';
import type { BacktestFile } from '../backtest-folder.ts';
import { sketch, writePlot } from '../output/pictures.ts';
import type { Terminal } from '../output/terminal.ts';
import { reportBase } from './report-base.ts';
import { writePage } from './write-page.ts';

/** Draws what a backtest was asked to draw: a sketch of its errors, a plot of its forecasts, a report. */
export async function showBacktest(
  found: Backtest,
  { run, walk, command }: BacktestFile,
  engine: BackendDescription,
  sketches: boolean | undefined,
  terminal: Terminal,
): Promise<void> {
  const { evaluation, table } = found;
  const { set } = table;
  const { plot, report } = command;
  await sketch(terminal, { sketch: sketches }, plotOfErrors(evaluation, set.target), [
    'MAE, step 1',
    `step ${evaluation.horizon}`,
  ]);
  const backtest = reportBacktest(found);
  const [first] = backtest.drawn;
  if (plot !== undefined && first === undefined)
    await writePlot(plot, { missing: 'no window was forecast.' }, terminal);
  if (plot !== undefined && first !== undefined) {
    const name = set.ids.length > 1 ? `${set.target} of ${first.id}` : set.target;
    const x = set.frequency.unit === 'row' ? 'number' : 'time';
    await writePlot(plot, { ...plotOfWalk(first, name), x }, terminal);
  }
  if (report === undefined) return;
  const page: Report = {
    ...reportBase(set, engine),
    title: `Backtest of ${evaluation.rows[0]!.method} on ${set.report.source}`,
    evaluation,
    backtest,
    trading: found.trading ?? undefined,
    script: scriptOf({ kind: 'backtest', run, walk, engine: engine.name as ScriptEngine }),
  };
  await writePage(report, page, terminal);
}
