export { plotOfErrors } from './gather/plot-of-errors.ts';
export { plotOfForecast } from './gather/plot-of-forecast.ts';
export { plotOfLearningRate, plotOfTraining } from './gather/plot-of-training.ts';
export { plotOfWalk } from './gather/plot-of-walk.ts';
export { reportBacktest } from './gather/report-backtest.ts';
export { type ReportForecastOptions, reportForecast, reportSeries } from './gather/report-series.ts';
export type { Plot, PlotBand, PlotLine } from './plot/plot.ts';
export { svgPlot } from './plot/svg-plot.ts';
export type {
  Report,
  ReportBacktest,
  ReportForecast,
  ReportSeries,
  ReportTraining,
  ReportWalk,
} from './report.ts';
export { reportPage } from './report-page.ts';
export { scriptOf } from './script/script-of.ts';
export type { ScriptEngine, ScriptTask } from './script/script-task.ts';
