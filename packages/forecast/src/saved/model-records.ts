import type { DataReport } from '@nt/data';
import type { Json } from '@nt/tensor';
import type { HistoryRow } from '@nt/trainer';

/** What is kept of a fitted forecaster for people: nothing that it needs to forecast. */
export interface ModelRecords {
  /** How training went; empty for models that were saved without it. */
  readonly history: readonly HistoryRow[];
  /** What was found in the data that it was trained on; null for models that were saved without it. */
  readonly report: DataReport | null;
  /** How it did when it was judged, an `Evaluation` in JSON (numbers that are not finite are null); null if it was not. */
  readonly evaluation: Json | null;
}
