import type { Json } from '@nt/tensor';
import type { CheckpointStorage, FileInParts } from '../storage/checkpoint-storage.ts';
import { writeFiles } from '../storage/write-files.ts';
import type { LiveContent } from './checkpoint.ts';
import { type CadencePosition, type CheckpointCadence, isDue, resolveCadence } from './checkpoint-cadence.ts';
import { contentInParts, onePart } from './checkpoint-files.ts';
import type { BestMetric, CheckpointManifest } from './checkpoint-manifest.ts';
import { checkpointNames, nextCheckpointName, sequenceOf, updateOf } from './checkpoint-name.ts';
import type { CheckpointOptions } from './checkpoint-options.ts';
import { encodeManifest } from './manifest-file.ts';
import { type RunningSha256, runningSha256 } from './sha256.ts';

/** What a checkpoint is written with, beside its content. */
export interface CheckpointFacts {
  readonly elapsedMilliseconds: number;
  /** The monitored metric, when it was measured at this update. */
  readonly monitored: { readonly metric: string; readonly value: number } | null;
  readonly best: BestMetric | null;
  readonly mode: 'min' | 'max';
  readonly trainer: Json;
  readonly config: Json;
  readonly metadata: Json;
}

/** A checkpoint that is now safe. */
export interface SavedCheckpoint {
  readonly name: string;
  readonly bytes: number;
  readonly isBest: boolean;
}

/** What a run knows of the checkpoints that it keeps. */
export interface KeptCheckpoints {
  readonly newest: string | null;
  /** The one before the newest, to go on from should the newest be damaged. */
  readonly previous: string | null;
  readonly best: string | null;
  readonly top: readonly { readonly name: string; readonly value: number }[];
  /** Running number of its first checkpoint; null before. */
  readonly firstNumber: number | null;
}

/** Before the first checkpoint. */
export const nothingKept: KeptCheckpoints = { newest: null, previous: null, best: null, top: [], firstNumber: null };

/** Writes checkpoints and removes those of its run that are no longer kept: only after the new one is complete. */
export class CheckpointKeeper {
  readonly #storage: CheckpointStorage;
  readonly #rules: { readonly last: boolean; readonly best: boolean; readonly topK: number };
  readonly #cadence: CheckpointCadence;
  #kept: KeptCheckpoints;

  constructor(options: CheckpointOptions, kept: KeptCheckpoints) {
    this.#storage = options.storage;
    this.#rules = { last: options.last ?? true, best: options.best ?? true, topK: options.topK ?? 0 };
    this.#cadence = resolveCadence(options);
    this.#kept = kept;
  }

  get kept(): KeptCheckpoints {
    return this.#kept;
  }

  /** Whether the cadence asks for a checkpoint now. */
  isDue(at: CadencePosition): boolean {
    return isDue(this.#cadence, at);
  }

  /** Whether a check with this value deserves a checkpoint of its own. */
  wants(value: number, isBest: boolean, mode: 'min' | 'max'): boolean {
    if (isBest && this.#cadence.everyBest) return true;
    const { topK } = this.#rules;
    return topK > 0 && insertTop(this.#kept.top, { name: '', value }, mode, topK).some(({ name }) => name === '');
  }

  async save(content: LiveContent, facts: CheckpointFacts): Promise<SavedCheckpoint> {
    const existing = await this.#storage.list();
    const name = nextCheckpointName(existing, content.update);
    const isBest = facts.monitored !== null && facts.best?.update === content.update;
    const kept = this.#keptWith(name, isBest, facts);
    let bytes = 0;
    const count = (file: number): void => {
      bytes += file;
    };
    await writeFiles(this.#storage, name, withManifest(content, facts, kept, count));
    this.#kept = kept;
    await this.#removeOthers([...checkpointNames(existing), name]);
    return { name, bytes, isBest };
  }

  #keptWith(name: string, isBest: boolean, { monitored, mode, best }: CheckpointFacts): KeptCheckpoints {
    const { newest, top, firstNumber } = this.#kept;
    return {
      firstNumber: firstNumber ?? sequenceOf(name),
      newest: name,
      previous: newest,
      best: this.#rules.best ? this.#bestWith(name, isBest, best) : null,
      top: monitored ? insertTop(top, { name, value: monitored.value }, mode, this.#rules.topK) : top,
    };
  }

  /** Null when the best check so far has no checkpoint of its own: one of a check that was worse is not the best. */
  #bestWith(name: string, isBest: boolean, best: BestMetric | null): string | null {
    if (isBest) return name;
    const before = this.#kept.best;
    return before !== null && updateOf(before) === best?.update ? before : null;
  }

  async #removeOthers(names: readonly string[]): Promise<void> {
    const { newest, previous, best, top, firstNumber } = this.#kept;
    const wanted = new Set([best, ...top.map(({ name }) => name)].filter((name) => name !== null));
    for (const name of [newest, previous]) {
      // Without `last` these are not kept for themselves, but one that is damaged must never be the only one.
      if (name !== null && (this.#rules.last || wanted.size < 2)) wanted.add(name);
    }
    const own = names.filter((name) => sequenceOf(name) >= firstNumber!);
    for (const name of own) if (!wanted.has(name)) await this.#storage.remove(name);
  }
}

function insertTop(
  top: KeptCheckpoints['top'],
  entry: KeptCheckpoints['top'][number],
  mode: 'min' | 'max',
  topK: number,
): KeptCheckpoints['top'] {
  if (!Number.isFinite(entry.value)) return top;
  const sign = mode === 'min' ? 1 : -1;
  return [...top, entry].sort((a, b) => sign * (a.value - b.value)).slice(0, topK);
}

/** The files of the content, each weighed and summed up while it is written, and last the manifest that says so. */
async function* withManifest(
  content: LiveContent,
  facts: CheckpointFacts,
  kept: KeptCheckpoints,
  count: (bytes: number) => void,
): AsyncGenerator<FileInParts, void> {
  const files: Record<string, CheckpointManifest['files'][string]> = {};
  for await (const { name, parts } of contentInParts(content)) {
    const sum = runningSha256();
    yield { name, parts: summedUp(parts, sum) };
    files[name] = { bytes: sum.bytes, sha256: await sum.end() };
    count(sum.bytes);
  }
  const manifest = await encodeManifest(describe(content, facts, kept, files));
  count(manifest.byteLength);
  yield { name: 'manifest.json', parts: onePart(manifest) };
}

async function* summedUp(parts: AsyncIterable<Uint8Array>, sum: RunningSha256): AsyncGenerator<Uint8Array, void> {
  for await (const part of parts) {
    sum.add(part);
    yield part;
  }
}

function describe(
  { update, epoch }: LiveContent,
  facts: CheckpointFacts,
  kept: KeptCheckpoints,
  files: CheckpointManifest['files'],
): CheckpointManifest {
  return {
    format: 'nt-checkpoint',
    version: 1,
    update,
    epoch,
    savedAt: new Date().toISOString(),
    elapsedMilliseconds: facts.elapsedMilliseconds,
    monitored: facts.monitored,
    best: facts.best,
    bestCheckpoint: kept.best,
    firstNumber: kept.firstNumber!,
    previousCheckpoint: kept.previous,
    topCheckpoints: kept.top,
    trainer: facts.trainer,
    config: facts.config,
    metadata: facts.metadata,
    files,
  };
}
