/** What others reach on a set by the same protocol, as texts of a table: MSE/MAE, M4 sMAPE/MASE, day-ahead MAE in EUR. */
export interface References {
  /** Of neuralforecast 3.3, told nothing but 256 windows in a batch. */
  readonly neuralforecast?: string;
  /** The best trained model found in publications, and whose. */
  readonly published?: string;
  /** Closed-form linear model of one look-back. */
  readonly linear?: string;
}

export const references: Readonly<Record<string, References>> = {
  ETTh1: { neuralforecast: '0.440/0.436', published: 'DUET 0.352/0.384', linear: '0.370/0.391' },
  'Nord Pool': { neuralforecast: '0.169/0.218', linear: '0.197/0.243' },
  'Nord Pool + 2': { neuralforecast: '0.124/0.185' },
  'Nord Pool day-ahead': { published: 'NBEATSx-G 1.58, DNN 1.68, LEAR 1.74', linear: '2.34 (price only)' },
  'US births': { linear: '0.206/0.310' },
  'M4 Hourly': { neuralforecast: '15.2/1.22', published: 'N-BEATS 12.0/1.34, zero-shot Chronos-2 8.5/0.79' },
  'Henry Hub': { linear: '0.301' },
  VIX: { linear: '0.353' },
};
