import type { TensorBucket } from './tensor-bucket.ts';

/** What tfjs knows data by; ours lead to it without a look-up. */
export class DataId {
  static #made = 0;
  /** Tells data apart. */
  readonly serial: number = ++DataId.#made;
  bucket: TensorBucket | undefined;

  constructor(bucket: TensorBucket) {
    this.bucket = bucket;
  }
}

/** 0 for data that another engine has made. */
export const serialOf = (dataId: object): number => (dataId instanceof DataId ? dataId.serial : 0);
