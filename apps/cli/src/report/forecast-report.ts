import type { TableReading } from '@nt/data';
import type { Forecast } from '@nt/forecast';
import { type Report, reportForecast, scriptOf } from '@nt/report';
import type { ModelInUse } from '../commands/use-model.ts';
import type { Terminal } from '../output/terminal.ts';
import { modelRecords } from './model-records.ts';
import { partsOf } from './parts-of.ts';
import { reportBase } from './report-base.ts';
import { writePage } from './write-page.ts';

/** What a forecast was asked. */
export interface AskedForecast {
  readonly folder: string;
  readonly path: string;
  /** Of `predict`, without what is read from a file of its own. */
  readonly options: object;
  /** What is known ahead, when it comes from a file of its own. */
  readonly future: { readonly source: string; readonly reading: TableReading } | undefined;
  /** Drawn first. */
  readonly series: string;
}

/** The report of `nt forecast`. */
export async function writeForecastReport(
  { forecaster, set, source, describeEngine }: ModelInUse,
  ahead: Forecast,
  { folder, path, options, future, series }: AskedForecast,
  terminal: Terminal,
): Promise<void> {
  // Beyond the model's own horizon forecasts go on from forecasts, which have no parts.
  const parts =
    future !== undefined || ahead.horizon !== forecaster.horizon ? undefined : await partsOf(forecaster, set);
  const report: Report = {
    ...reportBase(set, await describeEngine()),
    title: `${forecaster.method} forecasts ${set.target}`,
    notices: ahead.notices.map(({ message }) => message),
    forecast: reportForecast(set, ahead, { first: series, parts }),
    ...modelRecords(forecaster),
    script: scriptOf({
      ...{ kind: 'forecast', model: folder, data: { source, reading: set.reading }, options },
      ...(future !== undefined && { future }),
    }),
  };
  await writePage(path, report, terminal);
}
