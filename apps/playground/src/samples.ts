import births from '../samples/us-births.csv?url';
import oil from '../samples/wti-daily.csv?url';

/** A file that comes with the page. */
export interface Sample {
  readonly title: string;
  readonly name: string;
  readonly url: string;
}

/** The samples; their origin and licences stand in NOTICE and at the foot of the page. */
export const samples: readonly Sample[] = [
  { title: 'US births, daily', name: 'us-births.csv', url: births },
  { title: 'Oil price (EIA), business days', name: 'wti-daily.csv', url: oil },
];
