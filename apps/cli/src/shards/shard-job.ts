import type { RowSpan } from '@nt/data/node';
import { type Job, type Json, jobOf } from '@nt/jobs';
import type { OneEngine } from '../engine-names.ts';
import type { ModelReference } from './model-reference.ts';
import type { ShardPlan } from './shard-work.ts';

/** What all shards of one forecast say: all that decides its bits. */
export interface ShardJobWork extends ShardPlan {
  /** Version of the command. */
  readonly nt: string;
  readonly engine: OneEngine;
  readonly kernelSet: string | null;
  readonly model: ModelReference;
}

/** Some series, and what has to be read of their files. */
export interface Shard {
  readonly spans: readonly RowSpan[];
  /** Of footers and row groups, in hexadecimal. */
  readonly sha256: string;
}

/** A shard for whoever runs it. */
export interface ShardOrder {
  readonly id: string;
  readonly shard: Shard;
}

/** A shard as a job, whose id is the hash of its content. */
export const shardJob = (work: ShardJobWork, shard: Shard): Job =>
  jobOf('forecast-shard', { work, shard } as unknown as Json);

/** For people, who count from 1. */
export const shardName = (shard: number): string => `shard ${shard + 1}`;
