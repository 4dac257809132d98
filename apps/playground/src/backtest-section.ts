import type { BacktestOutcome, ForecasterClient, TrainRequest, WorkerBacktestEvent } from '@nt/forecast/worker';
import type { ReportWalk } from '@nt/report';
import type { Chart } from './charts/chart.ts';
import { walkChart } from './charts/walk-chart.ts';
import type { OpenFile } from './data-section.ts';
import { byId, short, table } from './dom.ts';
import { coverageTable, leaderboard } from './leaderboard.ts';
import { inWordsOfThePage } from './remedy-words.ts';

/** What is walked through time. */
export interface BacktestSubject {
  readonly open: OpenFile;
  readonly request: TrainRequest;
  readonly horizon: number;
  readonly levels: readonly number[];
}

let chart: Chart | null = null;

/** Shows the section, empty, for another model. */
export function offerBacktest(isPossible: boolean): void {
  byId('backtest').hidden = !isPossible;
  byId('backtest-result').hidden = true;
  byId('save-backtest-png').hidden = true;
  byId('backtest-status').textContent = '';
  byId<HTMLProgressElement>('backtest-progress').value = 0;
}

/** Sizes as `nt backtest` takes them: 30 % are judged, shared by the folds, a tenth before the first decides when to stop. */
function walkOf(folds: number, horizon: number, longest: number) {
  const testSize = Math.max(horizon, Math.floor((0.3 * longest) / folds));
  return { folds, testSize, validation: Math.max(horizon, Math.floor(0.1 * (longest - folds * testSize))) };
}

/** The widest interval, in percent, that the errors of a fold's validation part allow: n of them reach to n / (n + 1). */
function highestLevel(validation: number, horizon: number): number {
  // Overlapping windows count for fewer.
  const errors = Math.max(0, Math.floor((validation - horizon + 1) / horizon));
  return (100 * errors) / (errors + 1);
}

/** @param subject asked for when a backtest is started; null: nothing to be done now */
export function backtestSection(
  client: ForecasterClient,
  subject: () => BacktestSubject | null,
  isBusy: (busy: boolean) => void,
): void {
  const stop = byId<HTMLButtonElement>('backtest-stop');
  const status = byId('backtest-status');
  stop.addEventListener('click', () => void client.stop());
  byId('backtest-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const about = subject();
    if (!about) return;
    const { open, request, horizon, levels } = about;
    const folds = byId<HTMLInputElement>('folds').valueAsNumber;
    isBusy(true);
    stop.disabled = false;
    status.textContent = 'Preparing the engine …';
    try {
      const walk = walkOf(folds, horizon, open.preview.longest);
      const judged = levels.filter((level) => level <= highestLevel(walk.validation, horizon));
      const asked = { train: request, ...walk, ...(judged.length > 0 && { levels: judged }) };
      const found = await client.backtest(asked, progress(folds));
      show(found, await client.call<ReportWalk | null>('walk'), open.preview.report.columns.time !== null);
      status.textContent = `${folds} folds are done.`;
    } catch (error) {
      status.textContent = inWordsOfThePage((error as Error).message);
    } finally {
      stop.disabled = true;
      isBusy(false);
    }
  });
}

/** Folds that are done, and the training of the one that runs. */
function progress(folds: number): (event: WorkerBacktestEvent) => void {
  const bar = byId<HTMLProgressElement>('backtest-progress');
  const status = byId('backtest-status');
  let [fold, maxUpdates] = [0, 1];
  bar.value = 0;
  return (event) => {
    if (event.type === 'fold-start') fold = event.fold;
    if (event.type === 'fold-end') bar.value = (event.fold + 1) / folds;
    if (event.type !== 'training') return;
    const { member, event: own } = event;
    if (own.type === 'run-start') maxUpdates = own.maxUpdates ?? 1;
    if (own.type !== 'update-end') return;
    status.textContent = `Fold ${fold + 1} of ${folds}: training ${member ?? 'nhits'}, update ${own.update} of ${maxUpdates} …`;
    // The networks of a blend follow each other within the fold, so that the bar would jump back.
    if (member === null) bar.value = (fold + own.update / maxUpdates) / folds;
  };
}

function show({ folds, evaluation }: BacktestOutcome, walk: ReportWalk | null, hasTimes: boolean): void {
  byId('backtest-result').hidden = false;
  byId('save-backtest-png').hidden = false;
  chart?.dispose();
  chart = walk ? walkChart(byId('walk-chart'), walk, hasTimes) : null;
  byId('fold-table').replaceChildren(
    table(
      'Error (MAE) by fold',
      ['Fold', 'Trained on', 'Windows', ...evaluation.rows.map(({ method }) => method)],
      folds.map(({ fold, trainSteps, evaluation: own }) => [
        String(fold + 1),
        `${trainSteps.toLocaleString('en-GB')} steps`,
        own.windows.toLocaleString('en-GB'),
        ...own.rows.map(({ mae }) => short(mae)),
      ]),
    ),
  );
  byId('backtest-leaderboard').replaceChildren(leaderboard(evaluation, 'windows of all folds'));
  byId('backtest-coverage').replaceChildren(...coverageTable(evaluation.rows[0]?.intervals ?? []));
}
