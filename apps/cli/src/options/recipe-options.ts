import type { BlendOptions, BlendPreset } from '@nt/forecast';
import { UsageError } from '../usage-error.ts';
import { flagsGiven, optionsGiven } from './option-flag.ts';
import { commandDefaults, fitFlags, forecasterFlags, networkFlags, precisionFlag, updateFlags } from './train-flags.ts';
import type { TrainFlags } from './train-options.ts';

/** What `nt train` blends, as JSON. */
export type RecipeOptions = Pick<
  BlendOptions,
  'horizon' | 'seed' | 'calendar' | 'maxUpdates' | 'validation' | 'test' | 'preset' | 'ensemble' | 'refitWithValidation'
>;

const shared = ['horizon', 'seed', 'calendar', 'maxUpdates', 'validation', 'test', 'preset'];
const own = [...shared, 'ensemble', 'refitWithValidation'];
const allFlags = [...networkFlags, ...forecasterFlags, ...fitFlags, ...updateFlags, precisionFlag];
/** Flags that say something of a blend. */
const recipeFlags = allFlags.filter(({ option }) => own.includes(option));
/** Flags that say something of one network only. */
const singleFlags = allFlags.filter(({ option }) => !own.includes(option));

/**
 * Whether several networks are trained and blended, or a single one: the latter with `--preset reference` and with any flag
 * that only a single network has.
 *
 * @param before what an interrupted run trains, which is not changed by flags
 * @throws UsageError naming flags that do not go together
 */
export function wantsRecipe(flags: TrainFlags, before?: 'recipe' | 'network'): boolean {
  const single = [...(flags.model === undefined ? [] : ['--model']), ...flagsGiven(flags, singleFlags)];
  const several = severalGiven(flags);
  const isReference = flags.preset === 'reference';
  if (before === 'recipe') {
    const wrong = isReference ? ['--preset reference', ...single] : single;
    if (wrong.length > 0) throw new UsageError(`--resume: this run blends several networks; ${belong(wrong)} one.`);
    return true;
  }
  if (before === 'network') {
    if (several.length > 0)
      throw new UsageError(`--resume: this run trains one network; ${belong(several)} a blend of several.`);
    return false;
  }
  if (several.length > 0 && (isReference || single.length > 0)) {
    const others = isReference ? ['--preset reference', ...single] : single;
    throw new UsageError(
      `${belong(several)} a blend of several networks, ${belong(others)} a single one: leave out one or the other.`,
    );
  }
  return !isReference && single.length === 0;
}

/** Flags, as typed, that say that several networks are wanted. */
const severalGiven = (flags: TrainFlags): readonly string[] => [
  ...(flags.preset === 'accurate' || flags.preset === 'fast' ? [`--preset ${flags.preset}`] : []),
  ...flagsGiven(
    flags,
    recipeFlags.filter(({ option }) => !shared.includes(option)),
  ),
];

const belong = (flags: readonly string[]): string =>
  `${flags.join(', ')} ${flags.length > 1 ? 'belong' : 'belongs'} to`;

/** What the flags say of a blend, changed from `before`. */
export function recipeOptions(flags: TrainFlags, before?: RecipeOptions): RecipeOptions {
  const preset: BlendPreset = 'accurate';
  const usual = { horizon: commandDefaults.horizon, test: commandDefaults.test, preset };
  return { ...(before ?? usual), ...optionsGiven(flags, recipeFlags) };
}
