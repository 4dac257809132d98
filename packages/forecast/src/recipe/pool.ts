import type { SeriesSet, TimeSplit } from '@nt/data';
import type { Predictor } from '../predictor.ts';
import { trainingData } from '../saved/training-data.ts';
import type { BlendExplanation } from './blend-explanation.ts';
import type { BlendConfig, BlendOptions } from './blend-options.ts';
import { type BlendPredictor, blendIntervals, blendPredictor } from './blend-predictor.ts';
import { blended, blendWeights } from './blend-weights.ts';
import type { FittedMember } from './fitted-member.ts';
import { isTooShort } from './is-too-short.ts';
import { judgeBlend, unjudged } from './judge-blend.ts';
import type { MemberReport } from './member-report.ts';
import { onlyNetwork } from './reference-network.ts';
import { type RefittableMember, refitMembers } from './refit-members.ts';
import { type ScoredWindows, scaledForecasts, scoredWindows, scoreOf, total } from './scored-windows.ts';

/** A member with its forecasts of the validation windows, scaled. */
export interface Candidate extends Pick<FittedMember, 'refit'> {
  readonly report: Omit<MemberReport, 'weight'>;
  readonly predictor: Predictor;
  readonly forecast: Float64Array;
}

/** What a pool knows of the fit that it is made for. */
export interface PoolSetting {
  readonly set: SeriesSet;
  readonly split: TimeSplit;
  readonly config: BlendConfig;
  readonly run: Pick<BlendOptions, 'signal' | 'onEvent'>;
}

/** A blend that was chosen. */
export interface Blend {
  readonly predictor: BlendPredictor;
  readonly explanation: BlendExplanation;
  /** Whether the signal ended it: members are missing, and with `checkpoints` it can be gone on with. */
  readonly stopped: boolean;
}

/** Members that were fitted one after the other, to be blended. */
export class Pool {
  readonly #setting: PoolSetting;
  readonly #scored: ScoredWindows;
  readonly #candidates: Candidate[] = [];
  readonly #leftOut: { name: string; reason: string }[] = [];
  readonly #start = performance.now();
  #count: number | null = null;
  #stopped = false;

  constructor(setting: PoolSetting) {
    const { set, split, config } = setting;
    this.#setting = setting;
    this.#scored = scoredWindows(set, split.validation, split.train, config.horizon);
  }

  /** Members in the order in which they were added; `blend` frees those that have no share. */
  get candidates(): readonly Candidate[] {
    return this.#candidates;
  }

  /** The windows that members are weighed by. */
  get scored(): ScoredWindows {
    return this.#scored;
  }

  /** Says how many further members will be added. */
  expect(further: number): void {
    this.#count = this.#candidates.length + this.#leftOut.length + further;
  }

  /** Fits a member and lets validation judge it; one that the data are too short for is left out. */
  async add(name: string, kind: MemberReport['kind'], fit: () => Promise<FittedMember>): Promise<void> {
    const { signal, onEvent } = this.#setting.run;
    const index = this.#candidates.length + this.#leftOut.length;
    // Rules cost nothing, and without any member there would be nothing to blend.
    if (signal?.aborted && kind !== 'naive') return this.#stop(name);
    onEvent?.({ type: 'member-start', member: name, index, count: this.#count });
    const start = performance.now();
    try {
      const { predictor, refit, ...member } = await fit();
      if (signal?.aborted && kind === 'network') {
        predictor.dispose();
        return this.#stop(name);
      }
      const forecast = await scaledForecasts(predictor, this.#scored);
      const validation = scoreOf(this.#scored, forecast);
      const report = { name, kind, ...member, validation, seconds: (performance.now() - start) / 1000 };
      this.#candidates.push({ report, predictor, forecast, refit });
      onEvent?.({ type: 'member-end', report });
    } catch (error) {
      if (!isTooShort(error)) throw error;
      this.#leftOut.push({ name, reason: error.message });
    }
  }

  /** Weighs the members, or takes the best naive rule; frees those that have no share. */
  async blend(chosen: Pick<BlendExplanation, 'seasons' | 'calendar' | 'lookbacks'>): Promise<Blend> {
    const { set, split, config } = this.#setting;
    const forecasts = this.#candidates.map(({ forecast }) => forecast);
    const greedy = blendWeights(this.#scored, forecasts);
    const rule = this.#bestRule();
    const contest = {
      set,
      split,
      scored: this.#scored,
      naive: forecasts[rule]!,
      rule: this.#candidates[rule]!.predictor,
    };
    const asked = config.preset === 'reference' ? onlyNetwork(this.#candidates.map(({ report }) => report)) : null;
    const chosenWeights = asked ?? greedy;
    const compared = { ...contest, blend: blended(forecasts, chosenWeights) };
    const verdict = asked ? unjudged(compared) : await judgeBlend(compared);
    const weights = verdict.answer === 'blend' ? chosenWeights : greedy.map((_, member) => Number(member === rule));
    this.#candidates.forEach(({ predictor }, member) => {
      if (weights[member] === 0) predictor.dispose();
    });
    const used = this.#candidates
      .map(
        ({ report: { name }, predictor, refit }, member): RefittableMember => ({
          name,
          weight: weights[member]!,
          predictor,
          refit,
        }),
      )
      .filter(({ weight }) => weight > 0);
    // Before anything is trained on these windows: what it has learnt it errs less on.
    const intervals = await blendIntervals(used, this.#scored.windows);
    const isRefitted = config.refitWithValidation && !this.#stopped;
    const { members, reports, stopped } = isRefitted
      ? await refitMembers(used, this.#setting.run)
      : { members: used, reports: null, stopped: false };
    this.#stopped ||= stopped;
    const explanation: BlendExplanation = {
      options: config,
      ...chosen,
      validationWindows: this.#scored.windows.count,
      members: this.#candidates.map(({ report }, member) => ({ ...report, weight: weights[member]! })),
      leftOut: this.#leftOut,
      validation: scoreOf(this.#scored, blended(forecasts, weights)),
      verdict,
      refit: reports,
      seconds: (performance.now() - this.#start) / 1000,
    };
    const predictor = blendPredictor(members, intervals, explanation, trainingData(set, split));
    return { predictor, explanation, stopped: this.#stopped };
  }

  /** Frees everything, after an error. */
  dispose(): void {
    for (const { predictor } of this.#candidates) predictor.dispose();
  }

  #stop(name: string): void {
    this.#stopped = true;
    this.#leftOut.push({ name, reason: 'the fit was stopped' });
  }

  #bestRule(): number {
    const losses = this.#candidates.map(({ report }) =>
      report.kind === 'naive' ? total(report.validation) : Number.POSITIVE_INFINITY,
    );
    return losses.indexOf(Math.min(...losses));
  }
}
