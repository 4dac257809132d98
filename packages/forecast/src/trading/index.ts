export { type CostRow, type CostSweep, type CostSweepOptions, costSweep } from './cost-sweep.ts';
export { type DirectionInterval, directionInterval } from './direction-interval.ts';
export { type ForecastPrices, type ForecastReturns, forecastReturns } from './forecast-returns.ts';
export { maxDrawdown } from './max-drawdown.ts';
export {
  type DeflatedSharpeOptions,
  deflatedSharpe,
  probabilisticSharpe,
  type SharpeEvidence,
  sharpeRatio,
} from './sharpe-ratio.ts';
export type { ReturnForecasts } from './sign-trades.ts';
export { type Trading, type TradingOptions, tradingOf } from './trading-of.ts';
export { type TradingReport, type TradingReportOptions, tradingReport } from './trading-report.ts';
export { type Evidence, type Verdict, verdict } from './verdict.ts';
