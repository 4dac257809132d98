export type { Augmentation, WindowShape } from './augment/augmentation.ts';
export {
  type AugmentationOptions,
  jitter,
  magnitudeWarp,
  mixup,
  scaling,
  timeWarp,
  windowSlice,
} from './augment/augmentations.ts';
export type { Batch } from './batches/batch.ts';
export { type BatchSource, batches } from './batches/batches.ts';
export type { BatchesOptions } from './batches/batches-options.ts';
export type { BlockShuffle } from './batches/block-order.ts';
export type { SamplingOptions } from './batches/window-order.ts';
export { type AddCalendarOptions, addCalendar } from './calendar/add-calendar.ts';
export { type CalendarFeature, calendarFeatures } from './calendar/calendar-feature.ts';
export { type Delimiter, delimiters } from './csv/csv-dialect.ts';
export { badRowPolicies, type CsvOptions, csvOptionKeys } from './csv/csv-options.ts';
export { checkReading, type TableReading } from './csv/csv-reading.ts';
export { decimalSigns, type ThousandsSign, thousandsSigns } from './csv/parse-number.ts';
export { readCsv } from './csv/read-csv.ts';
export { DataError, type DataErrorCode, type DataErrorDetails, type DataFault } from './data-error.ts';
export type { JsonValue } from './json.ts';
export { printable } from './printable.ts';
export { type Remedy, type RemedyOption, type RemedyValue, remedyExamples, translateRemedies } from './remedy.ts';
export { type BarFinding, type DataFinding, type DataReport, renderReport } from './report/data-report.ts';
export { readJson } from './rows/read-json.ts';
export { type DataRow, readRows } from './rows/read-rows.ts';
export { type ScalerKind, scalerKinds } from './scale/column-scale.ts';
export { type FitScalerOptions, fitScaler } from './scale/fit-scaler.ts';
export type { Scaler } from './scale/scaler.ts';
export { scalerFromJson } from './scale/scaler-from-json.ts';
export { type AddStaticOptions, addStatic } from './series/add-static.ts';
export { continueSeries } from './series/continue-series.ts';
export { joinFuture } from './series/join-future.ts';
export { type SeriesFromArraysOptions, type SeriesInput, seriesFromArrays } from './series/series-from-arrays.ts';
export {
  duplicatePolicies,
  gapPolicies,
  layouts,
  missingPolicies,
  nonFinitePolicies,
  type SeriesOptions,
  unsortedPolicies,
} from './series/series-options.ts';
export type { SeriesReading } from './series/series-reading.ts';
export {
  type Covariates,
  type SeriesSet,
  seriesIndex,
  seriesValues,
  timeAt,
  writeTime,
} from './series/series-set.ts';
export { stepAtTime } from './series/step-at-time.ts';
export type { ByteSource } from './source/byte-source.ts';
export { type TableFormat, tableFormat } from './source/table-format.ts';
export { type Encoding, encodings } from './source/transcode.ts';
export {
  type SplitOptions,
  type SplitSize,
  type StepRanges,
  splitByTime,
  type TimeSplit,
} from './split/split-by-time.ts';
export { type Fold, type WalkForwardOptions, walkForward, walkForwardKeys } from './split/walk-forward.ts';
export { advanceTime } from './time/advance-time.ts';
export { type EpochUnit, type TimeUnit, timeUnits } from './time/epoch-time.ts';
export { formatTime } from './time/format-time.ts';
export { type Frequency, type FrequencyUnit, formatFrequency, parseFrequency } from './time/frequency.ts';
export type { MonthDay } from './time/month-day.ts';
export { sameFrequency } from './time/same-frequency.ts';
export { seasonLength } from './time/season-length.ts';
export type { TimeForm } from './time/time-form.ts';
export { advanceByRule, type TimeRule } from './time/time-rule.ts';
export type { WeekSessions } from './time/week-sessions.ts';
export { readTsf } from './tsf/read-tsf.ts';
export type { TsfOptions } from './tsf/tsf-options.ts';
export { forecastWindows } from './windows/forecast-windows.ts';
export type { Windows } from './windows/indexed-windows.ts';
export { seriesWithoutWindows } from './windows/series-without-windows.ts';
export { type WindowsOptions, windows } from './windows/windows.ts';
