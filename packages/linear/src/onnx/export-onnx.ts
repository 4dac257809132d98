import { anyBatch, onnxGraph, type TraceTensor, traceOps, traceTensor, windowInputs } from '@nt/layers/onnx';
import { badOption, checkKeys } from '../fit/check-options.ts';
import type { FittedRidge } from '../fitted-ridge.ts';
import { linearNames } from '../network/create-linear.ts';
import { linearColumns } from '../network/linear-columns.ts';
import { ridgeNetwork } from '../network/ridge-network.ts';
import { ridgeScales } from './ridge-scales.ts';
import { type SeriesTables, seriesTables } from './series-tables.ts';
import { targetScaling } from './target-scaling.ts';

/** What the file of a ridge takes. */
export interface ExportRidgeOptions {
  /**
   * The series that the file is for. Default: all series of the fit; the file then has an input `series` `[batch]` of
   * int64, the number of each window's series in the list `series` of its metadata.
   */
  readonly series?: string;
  /** Whether it has an input `inputMask`, 1 where the input was observed and 0 where not; default false. */
  readonly mask?: boolean;
}

/**
 * A ridge as an ONNX file (opset 17, float32) from raw values to raw values: inputs `input` `[batch, inputSize]`, oldest
 * first, and as the ridge has them `historic` `[batch, inputSize, count]`, `future` `[batch, inputSize + horizon, count]`,
 * `static` `[batch, count]`; output `forecast` `[batch, horizon]`. Scales and matrices of the series are in it.
 *
 * @throws LinearError `linear/option`, `linear/unknown-option`; also for the scaler `boxcox`, which a file cannot hold
 */
export function exportOnnx(fitted: FittedRidge, options: ExportRidgeOptions = {}): Uint8Array {
  checkKeys('exportOnnx', options, ['series', 'mask']);
  const { series, mask = false } = options;
  if (typeof mask !== 'boolean') throw badOption('mask', 'true or false', mask);
  const { options: config } = ridgeNetwork(fitted, series);
  const scales = ridgeScales(fitted.state);
  if (series !== undefined && !scales.ids.includes(series))
    throw badOption('series', 'one with values in the training part, which has a scale', series);
  const graph = onnxGraph('ridge');
  const ops = traceOps(graph);
  const given = windowInputs(graph, config, mask);
  const tables: SeriesTables = seriesTables(graph, series === undefined ? null : scales.ids.indexOf(series));
  const target = targetScaling(ops, graph, scales.kind, column(0));
  const covariate = (x: TraceTensor | undefined, first: number): TraceTensor | undefined => {
    if (!x) return x;
    const count = x.shape[2]!;
    const of = (key: 'shift' | 'scale'): TraceTensor =>
      tables.rows(
        scales.series.map((columns) => columns.slice(first, first + count).map((one) => one[key])),
        [1, count],
      );
    return ops.div(ops.sub(x, of('shift')), of('scale'));
  };
  const fixed = given.static && {
    static: ops.div(ops.sub(given.static, staticNumbers('shift')), staticNumbers('scale')),
  };
  const [historic, future] = [covariate(given.historic, 1), covariate(given.future, 1 + config.historic)];
  const window = {
    ...given,
    input: target.there(given.input),
    ...(historic && { historic }),
    ...(future && { future }),
    ...fixed,
  };
  const { columns, centre } = linearColumns(ops, config, window);
  const forecast = target.back(ops.add(product(columns), centre));
  graph.output('forecast', forecast.name, ['batch', config.horizon]);
  return graph.toBytes({
    model_type: 'ridge',
    config: JSON.stringify(config),
    series: JSON.stringify(series === undefined ? scales.ids : [series]),
    covariates: JSON.stringify(fitted.state.covariates),
  });

  function column(index: number): { readonly shift: TraceTensor; readonly scale: TraceTensor } {
    const of = (key: 'shift' | 'scale'): TraceTensor =>
      tables.rows(
        scales.series.map((columns) => [columns[index]![key]]),
        [1],
      );
    return { shift: of('shift'), scale: of('scale') };
  }

  function staticNumbers(key: 'shift' | 'scale'): TraceTensor {
    return ops.tensor(
      scales.static.map((one) => one[key]),
      [scales.static.length],
    );
  }

  /** `[batch, horizon]` of `[batch, columns]`, with the matrix of each window's series. */
  function product(x: TraceTensor): TraceTensor {
    const [width, horizon] = [x.shape[1]!, config.horizon];
    const own = [...fitted.matrices.own.keys()].filter((id) => scales.ids.includes(id));
    const weights = (id?: string) => ridgeNetwork(fitted, id).start;
    if (series !== undefined || own.length === 0) {
      const { [linearNames.weight]: weight, [linearNames.bias]: bias } = weights(series);
      const turned = ops.transpose(ops.tensor(weight!.data, [horizon, width]));
      return ops.dense(x, turned, ops.tensor(bias!.data, [horizon]), 'linear');
    }
    const all = [weights(), ...own.map(weights)];
    const which = scales.ids.map((id) => own.indexOf(id) + 1);
    const [weight, bias] = [linearNames.weight, linearNames.bias].map((name) =>
      tables.chosen(
        which,
        all.map((one) => one[name]!.data),
        name === linearNames.weight ? [horizon, width] : [horizon],
      ),
    ) as [TraceTensor, TraceTensor];
    const upright = ops.reshape(x, [anyBatch, width, 1]);
    const line = traceTensor(graph.node('MatMul', [weight.name, upright.name]), [anyBatch, horizon, 1]);
    return ops.add(ops.reshape(line, [anyBatch, horizon]), bias);
  }
}
