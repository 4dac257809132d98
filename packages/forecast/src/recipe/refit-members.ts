import type { Predictor } from '../predictor.ts';
import type { BlendOptions } from './blend-options.ts';
import type { BlendMember } from './blend-predictor.ts';
import type { FittedMember } from './fitted-member.ts';
import type { RefitReport } from './member-report.ts';

/** A member with its share, and how it is fitted again. */
export type RefittableMember = BlendMember & Pick<FittedMember, 'refit'>;

/** Members after they were fitted again. */
export interface RefittedMembers {
  readonly members: readonly BlendMember[];
  readonly reports: readonly RefitReport[];
  /** Whether the signal ended it: the members that were left are those of the first fit. */
  readonly stopped: boolean;
}

/** Fits members again one after the other, each on training and validation part; frees what they were. */
export async function refitMembers(
  members: readonly RefittableMember[],
  { signal, onEvent }: Pick<BlendOptions, 'signal' | 'onEvent'>,
): Promise<RefittedMembers> {
  const count = members.filter(({ refit }) => refit !== undefined).length;
  const out = [...members];
  const reports: RefitReport[] = [];
  const made: Predictor[] = [];
  for (const [at, { name, refit, predictor: before }] of members.entries()) {
    if (refit === undefined) continue;
    if (signal?.aborted) return { members: out, reports, stopped: true };
    onEvent?.({ type: 'refit-start', member: name, index: reports.length, count });
    const start = performance.now();
    const { predictor, updates } = await refit().catch((error: unknown) => {
      for (const one of made) one.dispose();
      throw error;
    });
    if (signal?.aborted && updates !== null) {
      predictor.dispose();
      return { members: out, reports, stopped: true };
    }
    made.push(predictor);
    out[at] = { ...members[at]!, predictor };
    before.dispose();
    const report = { name, updates, seconds: (performance.now() - start) / 1000 };
    reports.push(report);
    onEvent?.({ type: 'refit-end', ...report });
  }
  return { members: out, reports, stopped: false };
}
