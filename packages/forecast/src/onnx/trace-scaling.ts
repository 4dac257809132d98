import type { ScalerKind } from '@nt/data';
import { anyBatch, type OnnxGraph, type TraceTensor, traceTensor } from '@nt/layers/onnx';
import type { NetworkOps, WindowTensors } from '@nt/tensor';
import { ForecastError } from '../forecast-error.ts';
import { badOption } from '../options/option.ts';
import type { ColumnNumbers, SavedScales } from './saved-scales.ts';

/** The way from values in their unit to those of the network, and back. */
export interface TraceScaling {
  /** The series that the file is for; several: it has an input `series` with a number of this list for each window. */
  readonly ids: readonly string[];
  window(given: WindowTensors<TraceTensor>): WindowTensors<TraceTensor>;
  /** `[batch, horizon]` */
  back(forecast: TraceTensor): TraceTensor;
}

/** @throws ForecastError `forecast/option` for an unknown series, `forecast/cannot-export` for scales that no file can hold */
export function traceScaling(input: {
  readonly graph: OnnxGraph;
  readonly ops: NetworkOps<TraceTensor>;
  readonly scales: SavedScales;
  readonly series: string | undefined;
  readonly isScaled: boolean;
}): TraceScaling {
  const { graph, ops, scales, isScaled } = input;
  const { kind, covariates } = scales;
  const chosen = chosenSeries(scales, input.series);
  const ids = chosen.map(({ id }) => id);
  if (!isScaled || (kind === 'none' && covariates === 'none')) return { ids, window: (given) => given, back: (x) => x };
  refuseWhatNoFileHolds(scales);
  const own = scales.scope === 'global' ? scales.series : chosen;
  if (own.length > 1) graph.input('series', ['batch'], 'int64');
  const row = (values: readonly (readonly number[])[], shape: readonly number[]): TraceTensor => {
    const table = graph.floats(values.flat(), [values.length, ...shape]);
    if (values.length === 1) return traceTensor(table, [1, ...shape]);
    return traceTensor(graph.node('Gather', [table, 'series']), [anyBatch, ...shape]);
  };
  const numbers = (first: number, count: number, shape: readonly number[]) => {
    const of = (key: keyof ColumnNumbers): TraceTensor =>
      row(
        own.map(({ columns }) => columns.slice(first, first + count).map((one) => one[key])),
        shape,
      );
    return { shift: of('shift'), scale: of('scale') };
  };
  const covariate = (x: TraceTensor | undefined, first: number): TraceTensor | undefined => {
    if (!x || covariates === 'none') return x;
    const count = x.shape[2]!;
    return there(covariates, x, numbers(first, count, [1, count]));
  };
  const target = numbers(0, 1, [1]);
  const isConstant = chosen.map(({ id }) => scales.constants.has(id));
  return { ids, window, back: isConstant.includes(true) ? backOfSome : (x) => back(x, target) };

  function window(given: WindowTensors<TraceTensor>): WindowTensors<TraceTensor> {
    const historic = covariate(given.historic, 1);
    const future = covariate(given.future, 1 + scales.historic.length);
    return {
      ...given,
      input: there(kind, given.input, target),
      ...(historic && { historic }),
      ...(future && { future }),
      ...(given.static && { static: fixed(given.static) }),
    };
  }

  function fixed(x: TraceTensor): TraceTensor {
    const of = (key: keyof ColumnNumbers): TraceTensor =>
      ops.tensor(
        scales.static.map((one) => one[key]),
        [scales.static.length],
      );
    return ops.div(ops.sub(x, of('shift')), of('scale'));
  }

  function there(
    how: ScalerKind,
    x: TraceTensor,
    { shift, scale }: Record<keyof ColumnNumbers, TraceTensor>,
  ): TraceTensor {
    const moved = ops.div(ops.sub(how === 'log' ? ops.log(x) : x, shift), scale);
    return how === 'arcsinh' ? node('Asinh', moved) : moved;
  }

  function back(y: TraceTensor, { shift, scale }: Record<keyof ColumnNumbers, TraceTensor>): TraceTensor {
    const moved = ops.add(ops.mul(kind === 'arcsinh' ? node('Sinh', y) : y, scale), shift);
    return kind === 'log' ? ops.exp(moved) : moved;
  }

  /** A series that never changed is its constant, whatever the network says of it. */
  function backOfSome(y: TraceTensor): TraceTensor {
    const [share, constant] = [
      isConstant.map((is) => [is ? 0 : 1]),
      chosen.map(({ id }) => [scales.constants.get(id) ?? 0]),
    ];
    return ops.add(ops.mul(back(y, target), row(share, [1])), row(constant, [1]));
  }

  function node(operator: string, x: TraceTensor): TraceTensor {
    return traceTensor(graph.node(operator, [x.name]), x.shape);
  }
}

/** The series that a file is for. */
function chosenSeries({ scope, series, constants }: SavedScales, asked: string | undefined): SavedScales['series'] {
  if (asked === undefined) return series;
  // One scale for all: a series of which nothing is known has it too.
  if (scope === 'global') return [{ id: asked, columns: series[0]?.columns ?? [] }];
  const one = series.find(({ id }) => id === asked);
  if (one) return [one];
  const known = series.map(({ id }) => id);
  throw badOption(
    'series',
    `one that was trained on: ${[...known, ...constants.keys()].slice(0, 10).join(', ')}`,
    asked,
  );
}

function refuseWhatNoFileHolds({ kind, covariates, series }: SavedScales): void {
  const found =
    series.length === 0
      ? 'each series is scaled by the rows that it is forecast from'
      : [kind, covariates].includes('boxcox') && "the scaler 'boxcox' has no operations";
  if (!found) return;
  throw new ForecastError(
    'forecast/cannot-export',
    `ONNX export: ${found}; a file without scales can be had with scaling: 'none'.`,
    { kind },
  );
}
