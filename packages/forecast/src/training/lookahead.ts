import { checkKeys } from '../options/check-keys.ts';
import type { Option } from '../options/option.ts';

/** Options of the lookahead around an optimizer. */
export interface LookaheadChoice {
  /** Updates between two synchronisations; default 5. */
  readonly every?: number;
  /** How far the slow weights follow, in [0, 1]; default 0.5. */
  readonly alpha?: number;
}

const usual: Required<LookaheadChoice> = { every: 5, alpha: 0.5 };

/** `true`, `false`, or its options. */
export const lookaheadOption: Option<boolean | LookaheadChoice, Required<LookaheadChoice> | null> = {
  help: "slow weights that follow the optimizer's",
  fallback: 'false',
  decide: (name, given = false) => {
    if (given === false) return null;
    const options = given === true ? {} : given;
    checkKeys(name, options, Object.keys(usual));
    return { ...usual, ...options };
  },
};
