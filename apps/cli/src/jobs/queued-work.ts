import { isAbsolute } from 'node:path';
import type { BacktestOptions, RunSpec, TrialJob } from '@nt/forecast';
import { modelFactories, readRunSpec } from '@nt/forecast';
import { type Job, type Json, jobOf } from '@nt/jobs';
import { engines, type OneEngine } from '../engine-names.ts';
import type { SearchFile } from '../search-folder.ts';
import { shardEndings } from '../shards/shard-endings.ts';
import type { Shard, ShardJobWork } from '../shards/shard-job.ts';
import { UsageError } from '../usage-error.ts';
import type { DataReference } from './data-reference.ts';
import { ntVersion } from './nt-version.ts';

/** What all jobs of one work say: all that decides its bits. */
interface Shared {
  /** Version of the command. */
  readonly nt: string;
  readonly engine: OneEngine;
  readonly kernelSet: string | null;
  readonly data: DataReference;
}

/** A backtest for workers. */
export interface QueuedBacktest extends Shared {
  readonly run: RunSpec;
  readonly walk: BacktestOptions;
}

/** A search for workers. */
export interface QueuedSearch extends Shared, Pick<SearchFile, 'model' | 'options'> {
  readonly reading: SearchFile['data']['reading'];
}

/** A job as a worker reads it. */
export type QueuedJob =
  | { readonly type: 'backtest-fold'; readonly work: QueuedBacktest; readonly fold: number }
  | { readonly type: 'search-trial'; readonly work: QueuedSearch; readonly trial: TrialJob }
  | { readonly type: 'forecast-shard'; readonly work: ShardJobWork; readonly shard: Shard };

/** A job for the queue. */
export const queuedJob = ({ type, ...payload }: QueuedJob): Job => jobOf(type, payload as unknown as Json);

/** Members of each type, of its work, and what its own member must be. */
const types = {
  'backtest-fold': {
    work: ['nt', 'engine', 'kernelSet', 'data', 'run', 'walk'],
    own: 'fold',
    isOwn: isCount,
  },
  'search-trial': {
    work: ['nt', 'engine', 'kernelSet', 'data', 'reading', 'model', 'options'],
    own: 'trial',
    isOwn: (value: unknown) =>
      hasKeys(value, ['trial', 'rung', 'atOnce']) && Object.values(value).every((each) => isCount(each)),
  },
  'forecast-shard': {
    work: ['nt', 'engine', 'kernelSet', 'model', 'reading', 'ask', 'form'],
    own: 'shard',
    isOwn: isShard,
  },
} as const;

/**
 * Reads a job that came out of a queue: one of the types above, of this version, with these members and no others. What is in
 * a run or a search is checked by the library before anything is computed.
 *
 * @throws UsageError
 */
export function readQueuedJob({ type, payload }: Job): QueuedJob {
  if (!Object.hasOwn(types, type)) throw refused(`nt ${ntVersion} has no jobs of the type '${type}'`);
  const { work: members, own, isOwn } = types[type as keyof typeof types];
  const work = hasKeys(payload, ['work', own]) ? payload['work'] : undefined;
  const version = (work as { nt?: unknown } | undefined)?.nt;
  if (version !== ntVersion)
    throw refused(`it was made by nt ${String(version)}, this worker is nt ${ntVersion}; they must be the same`);
  if (!hasKeys(work, members)) throw refused(`expected its work to have ${members.join(', ')}, and no more`);
  if (!isOwn((payload as Record<string, unknown>)[own]))
    throw refused(`${own}: expected ${own === 'shard' ? 'rows of files with their SHA-256' : 'numbers from 0'}`);
  const { engine, kernelSet, data } = work;
  if (!engines.includes(engine as OneEngine)) throw refused(`there is no engine '${String(engine)}'`);
  if (kernelSet !== null && typeof kernelSet !== 'string') throw refused('kernelSet: expected a name or null');
  if (type === 'forecast-shard') checkForecast(work);
  else if (!isReference(data, 'source')) throw refused('data: expected an absolute path and a SHA-256');
  if ('run' in work) readRunSpec(work['run']);
  if (type === 'search-trial' && !Object.hasOwn(modelFactories, String(work['model'])))
    throw refused(`there is no model '${String(work['model'])}'`);
  return { type, ...(payload as object) } as QueuedJob;
}

function checkForecast({ model, reading, ask, form }: Record<string, unknown>): void {
  if (!isReference(model, 'folder')) throw refused('model: expected an absolute path and a SHA-256');
  if (typeof reading !== 'object' || reading === null) throw refused('reading: expected how the files are read');
  const other = Object.keys((ask ?? {}) as object).find((key) => !['horizon', 'levels', 'quantiles'].includes(key));
  if (other !== undefined) throw refused(`ask: '${other}' is nothing that can be asked`);
  const { ending } = (form ?? {}) as { ending?: unknown };
  if (!hasKeys(form, ['ending', 'asIntervals', 'withId']) || !shardEndings.some((one) => one === ending))
    throw refused('form: expected how the forecast is written');
}

/** What a job is, for people: `fold 2`, `trial 3 (rung 1)`; what it says itself is not trusted. */
export function queuedName({ type, payload }: Job): string {
  const { fold, trial, shard } = (payload ?? {}) as {
    fold?: unknown;
    trial?: { trial?: unknown; rung?: unknown };
    shard?: unknown;
  };
  if (type === 'forecast-shard' && isShard(shard)) return 'shard';
  if (type === 'backtest-fold' && isCount(fold)) return `fold ${Number(fold) + 1}`;
  if (type !== 'search-trial' || !isCount(trial?.trial)) return 'a job of an unknown kind';
  return `trial ${trial?.trial}${isCount(trial?.rung) && trial?.rung ? ` (rung ${trial.rung})` : ''}`;
}

const refused = (why: string): UsageError => new UsageError(`the job is refused: ${why}.`);

function hasKeys(value: unknown, keys: readonly string[]): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).sort().join() === [...keys].sort().join();
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isShard(value: unknown): boolean {
  if (!hasKeys(value, ['spans', 'sha256']) || !isHash(value['sha256']) || !Array.isArray(value['spans'])) return false;
  const isSpan = (span: unknown): boolean =>
    hasKeys(span, ['file', 'firstRow', 'endRow']) &&
    isAbsoluteText(span['file']) &&
    isCount(span['firstRow']) &&
    isCount(span['endRow']) &&
    Number(span['firstRow']) < Number(span['endRow']);
  return value['spans'].length > 0 && value['spans'].every(isSpan);
}

function isReference(value: unknown, path: string): boolean {
  return hasKeys(value, [path, 'sha256']) && isAbsoluteText(value[path]) && isHash(value['sha256']);
}

const isAbsoluteText = (value: unknown): boolean => typeof value === 'string' && isAbsolute(value);
const isHash = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
