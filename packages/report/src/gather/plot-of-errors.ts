import type { Evaluation } from '@nt/forecast';
import type { Plot } from '../plot/plot.ts';

/** Methods of a picture at most: more lines cannot be told apart. The best ones are drawn. */
const mostMethods = 5;

/** Mean absolute error of each step ahead, a line for each method, the judged one first. */
export function plotOfErrors({ rows }: Pick<Evaluation, 'rows'>, target?: string | undefined): Plot {
  const [model, ...others] = rows;
  const best = [...others].sort((a, b) => (a.mae ?? Infinity) - (b.mae ?? Infinity)).slice(0, mostMethods - 1);
  const drawn = [model!, ...best];
  return {
    title: 'Error by step ahead',
    description: `Mean absolute error of each time step ahead, of ${drawn.map(({ method }) => method).join(', ')}.`,
    x: 'number',
    xTitle: 'time steps ahead',
    yTitle: `MAE${target === undefined ? '' : `, in units of ${target}`}`,
    lines: drawn.map(({ method, maeOfStep }, index) => ({
      name: method,
      at: maeOfStep.map((_, step) => step + 1),
      values: maeOfStep.map((error) => error ?? Number.NaN),
      isDashed: index > 0,
    })),
  };
}
