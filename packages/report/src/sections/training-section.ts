import type { HistoryRow } from '@nt/trainer';
import { plotOfLearningRate, plotOfTraining } from '../gather/plot-of-training.ts';
import { facts } from '../markup/facts.ts';
import { figure } from '../markup/figure.ts';
import type { Markup } from '../markup/html.ts';
import type { Report, ReportTraining } from '../report.ts';
import { duration, short, whole } from '../words/numbers.ts';
import type { Section } from './section.ts';

/** How training went: its end, and its curves. */
export function trainingSection({ training }: Report): Section | null {
  if (training === undefined) return null;
  const { history } = training;
  const [loss, rate] = [plotOfTraining(history), plotOfLearningRate(history)];
  const body: readonly (Markup | null)[] = [
    summary(training),
    loss && figure({ id: 'loss', plot: loss, numbers: readings(history) }),
    rate && figure({ id: 'learning-rate', plot: rate, height: 100 }),
  ];
  const there = body.filter((part) => part !== null);
  return there.length === 0 ? null : { id: 'training', title: 'Training', body: there };
}

const reasons: Readonly<Record<NonNullable<ReportTraining['result']>['reason'], string>> = {
  completed: 'all epochs were done',
  'early-stopped': 'validation no longer improved',
  aborted: 'it was stopped',
  'max-time': 'its time was up',
  nan: 'the loss became NaN or infinite',
};

function summary({ result, windows }: ReportTraining): Markup | null {
  if (result === undefined && windows === undefined) return null;
  const { best } = result ?? {};
  return facts([
    ['Windows to learn from', windows && whole(windows.train)],
    ['Windows to decide when to stop', windows && whole(windows.validation)],
    ['Windows kept back to judge by', windows && whole(windows.test)],
    ...(result === undefined
      ? []
      : ([
          ['Updates', `${whole(result.updates)} (${whole(result.epochs)} epochs)`],
          ['Time', `${duration(result.seconds)}, ${whole(result.windows / result.seconds)} windows/s`],
          ['It ended because', reasons[result.reason]],
          ['Smallest loss', best && `${short(best.value)} after update ${whole(best.update)}`],
          ['Weights kept', result.weights === 'best' ? 'those of the smallest loss' : `the ${result.weights} ones`],
          ['Updates left out', result.skippedUpdates > 0 && whole(result.skippedUpdates)],
        ] as const)),
  ]);
}

/** Readings of a table at most. */
const listed = 60;

function readings(history: readonly HistoryRow[]): {
  caption: string;
  columns: string[];
  rows: string[][];
  most: number;
} {
  const names = { train: 'training', epoch: 'epoch', validation: 'validation' } as const;
  return {
    caption: 'Losses that were read, the newest first',
    columns: ['update', 'epoch', 'of', 'loss', 'learning rate'],
    rows: [...history]
      .reverse()
      .map(({ update, epoch, kind, values }) => [
        whole(update),
        whole(epoch + 1),
        names[kind],
        short(values[`${kind}Loss`]),
        short(values['learningRate']),
      ]),
    most: listed,
  };
}
