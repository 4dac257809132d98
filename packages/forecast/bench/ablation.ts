import type { Windows } from '@nt/data';
import type { Predictor } from '../src/index.ts';
import { blended, blendWeights } from '../src/recipe/blend-weights.ts';
import type { MemberReport } from '../src/recipe/member-report.ts';
import { type ScoredWindows, total } from '../src/recipe/scored-windows.ts';
import type { AccuracyRow } from './accuracy-rows.ts';

/** A member of a pool: what validation weighs it by, and what it says of the test part, `[windows, horizon]` each. */
export interface PooledMember {
  readonly report: Omit<MemberReport, 'weight'>;
  readonly validation: Float64Array;
  readonly test: Float64Array;
}

const isNetwork = ({ report }: PooledMember): boolean => report.kind === 'network';
const hasRidge = ({ report }: PooledMember): boolean => report.name.includes('+ ridge');

/** Pools that lack something, blended greedily as the whole one. */
const pools: Readonly<Record<string, (member: PooledMember, all: readonly PooledMember[]) => boolean>> = {
  'all members': () => true,
  'no network beside a ridge': (member) => !hasRidge(member),
  'no network without a ridge': (member) => !isNetwork(member) || hasRidge(member),
  'no ridge by itself': ({ report }) => report.kind !== 'ridge',
  'no naive rules': ({ report }) => report.kind !== 'naive',
  'networks of one look-back': (member, all) => !isNetwork(member) || member.report.lookback === middleOf(all),
};

/** Members that are chosen by other rules, each with the same weight. */
const choices: Readonly<Record<string, (all: readonly PooledMember[]) => readonly PooledMember[]>> = {
  'plain mean of the networks': (all) => all.filter(isNetwork),
  'best network by validation': (all) => all.filter(isNetwork).sort(byValidation).slice(0, 1),
  'ridge alone': (all) => all.filter(({ report }) => report.kind === 'ridge'),
  'better naive rule by validation': (all) =>
    all
      .filter(({ report }) => report.kind === 'naive')
      .sort(byValidation)
      .slice(0, 1),
};

const byValidation = (one: PooledMember, other: PooledMember): number =>
  total(one.report.validation) - total(other.report.validation);

/** The look-back of the networks in the middle. */
function middleOf(all: readonly PooledMember[]): number {
  const lookbacks = [...new Set(all.filter(isNetwork).map(({ report }) => report.lookback as number))];
  return lookbacks.sort((a, b) => a - b)[Math.floor(lookbacks.length / 2)]!;
}

/**
 * What the parts of a blend buy: the members of one fit, blended without some of them and in other ways. Nothing is trained
 * anew, and naive forecasts do not stand in for what is not better than chance.
 *
 * @param errorsIn of test forecasts, `[windows, horizon]`
 * @returns by the name of the way
 */
export async function ablation(
  scored: ScoredWindows,
  members: readonly PooledMember[],
  errorsIn: (forecast: Float64Array) => Promise<readonly number[]>,
): Promise<Readonly<Record<string, readonly number[]>>> {
  const out: Record<string, readonly number[]> = {};
  const forecastsOf = (of: readonly PooledMember[]): readonly Float64Array[] => of.map(({ test }) => test);
  for (const [name, isKept] of Object.entries(pools)) {
    const kept = members.filter((member) => isKept(member, members));
    const weights = blendWeights(
      scored,
      kept.map(({ validation }) => validation),
    );
    out[name] = await errorsIn(blended(forecastsOf(kept), weights));
  }
  for (const [name, choose] of Object.entries(choices)) {
    const chosen = choose(members);
    if (chosen.length === 0) continue;
    const weights = chosen.map(() => 1 / chosen.length);
    out[name] = await errorsIn(blended(forecastsOf(chosen), weights));
  }
  return out;
}

/** Forecasts that were made before, as a predictor of these windows. */
export function madeBefore(forecast: Float64Array, { horizon }: Windows): Predictor {
  const point = async () => ({ point: forecast, quantiles: [] });
  const never = () => Promise.reject(new Error('made for some windows only'));
  return { method: 'made before', horizon, quantiles: [], predict: never, predictWindows: point, dispose: () => {} };
}

/** A line for each way, a column for each set; mean over the seeds of a set. */
export function ablationTable(rows: readonly AccuracyRow[]): readonly string[] {
  const judged = rows.filter(({ ablation: own }) => own !== undefined);
  const sets = [...new Set(judged.map(({ set }) => set))];
  const cell = (set: string, way: string): string => {
    const values = judged
      .filter((row) => row.set === set)
      .flatMap(({ ablation: own }) => (own![way] ? [own![way]] : []));
    if (values.length === 0) return '–';
    const means = values[0]!.map((_, i) => values.reduce((sum, one) => sum + one[i]!, 0) / values.length);
    return means.map((value) => value.toFixed(value >= 5 ? 2 : 4)).join('/');
  };
  const headed = sets.map((set) => `${set} (${judged.filter((row) => row.set === set).map(({ seed }) => seed)})`);
  return [
    `| what is blended | ${headed.join(' | ')} |`,
    `| --- |${' --- |'.repeat(sets.length)}`,
    ...[...Object.keys(pools), ...Object.keys(choices)].map(
      (way) => `| ${way} | ${sets.map((set) => cell(set, way)).join(' | ')} |`,
    ),
  ];
}
