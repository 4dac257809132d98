import type { HistoryRow } from '@nt/trainer';
import type { Plot, PlotLine } from '../plot/plot.ts';

/** Curves of a training: losses over completed updates. Null when nothing was written down. */
export function plotOfTraining(history: readonly HistoryRow[]): Plot | null {
  // Of a long run the readings between, of a short one what there is: whole epochs.
  const training = curve(history, 'train', 'trainLoss');
  const lines = [
    named('training loss', training.at.length > 1 ? training : curve(history, 'epoch', 'epochLoss')),
    named('validation loss', curve(history, 'validation', 'validationLoss')),
  ].filter(({ at }) => at.length > 0);
  if (lines.length === 0) return null;
  return {
    title: 'Loss',
    description: `${lines.map(({ name, at, values }) => `${name}, ${at.length} readings, from ${values[0]!.toPrecision(3)} to ${values[values.length - 1]!.toPrecision(3)}`).join('; ')}.`,
    x: 'number',
    xTitle: 'updates',
    lines,
  };
}

/** The learning rate over completed updates. Null where it was not written down, or never changed. */
export function plotOfLearningRate(history: readonly HistoryRow[]): Plot | null {
  const { at, values } = curve(history, 'train', 'learningRate');
  if (new Set(values).size < 2) return null;
  return {
    title: 'Learning rate',
    description: `The learning rate over the updates, at most ${values.reduce((most, value) => Math.max(most, value))}.`,
    x: 'number',
    xTitle: 'updates',
    lines: [{ name: 'learning rate', at, values }],
  };
}

interface Curve {
  readonly at: readonly number[];
  readonly values: readonly number[];
}

function curve(history: readonly HistoryRow[], kind: HistoryRow['kind'], metric: string): Curve {
  const rows = history.filter((row) => row.kind === kind && Number.isFinite(row.values[metric]));
  return { at: rows.map(({ update }) => update), values: rows.map(({ values }) => values[metric]!) };
}

const named = (name: string, { at, values }: Curve): PlotLine & Curve => ({ name, at, values });
