/** What a forecast can be written as, by the ending of the file: said by the help, which loads no writer. */
export const forecastEndings = ['.csv', '.tsv', '.json', '.jsonl', '.parquet', '.arrow', '.feather'] as const;
/** One of `forecastEndings`. */
export type ForecastEnding = (typeof forecastEndings)[number];
