import type { CalendarFeature } from '@nt/data';
import type { BlendConfig } from './blend-options.ts';
import type { BlockTest } from './block-test.ts';
import type { MemberReport, RefitReport } from './member-report.ts';
import type { Score } from './scored-windows.ts';
import type { Seasons } from './seasons.ts';

/** Why the blend is the answer, or a naive rule. */
export interface BlendVerdict {
  readonly answer: 'blend' | 'naive';
  /** The naive rule that it was compared with. */
  readonly against: string;
  /** Gain of the blend over that rule on the validation part, in standard errors. */
  readonly validation: BlockTest;
  /** Gain of the mean of ridge and rule over the rule within the training part; null where validation was clear or data too short. */
  readonly walkForward: BlockTest | null;
  readonly reason: string;
}

/** Everything that was chosen, and why: JSON. */
export interface BlendExplanation {
  readonly options: BlendConfig;
  readonly seasons: Seasons;
  readonly calendar: readonly CalendarFeature[];
  readonly validationWindows: number;
  /** Time steps that the networks look back. */
  readonly lookbacks: readonly number[];
  readonly members: readonly MemberReport[];
  /** Members that the data were too short for, and why; those that a signal kept from being begun. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  /** Of the blend, or of the naive rule that is the answer. */
  readonly validation: Score;
  readonly verdict: BlendVerdict;
  /** Members that were fitted again on the validation part too: none where a naive rule is the answer; null without the option. */
  readonly refit: readonly RefitReport[] | null;
  readonly seconds: number;
}
