import { type Chosen, checkName, chosen } from './choice.ts';
import { badOption, type Option } from './option.ts';

interface ChoiceRule<Name extends string> {
  readonly help: string;
  readonly names: readonly Name[];
  /** A name, or found from the options before it, then `otherwise` says how. */
  readonly default: Name | ((before: Readonly<Record<string, unknown>>) => Name);
  readonly otherwise?: string;
  /** Options of the library function that stand beside the choice, not inside it. */
  readonly taken?: readonly string[];
}

/** One of several ways by name, or by name with options of its own: `'huber'` or `{ name: 'huber', delta: 2 }`. */
export function choiceOption<Given>() {
  return <Name extends string>(rule: ChoiceRule<Name>): Option<Given, Chosen<Name>> => ({
    help: rule.help,
    names: rule.names,
    fallback: rule.otherwise ?? String(rule.default),
    decide: (name, given, before) => {
      const fallback = typeof rule.default === 'function' ? rule.default(before) : rule.default;
      return chosen(name, given ?? fallback, rule.names, rule.taken);
    },
  });
}

/** Several choices in an order; default none. */
export function listOption<Given>() {
  return <Name extends string>(rule: {
    readonly help: string;
    readonly names: readonly Name[];
  }): Option<readonly Given[], readonly Chosen<Name>[]> => ({
    ...rule,
    fallback: 'none',
    decide: (name, given = []) => {
      if (!Array.isArray(given)) throw badOption(name, 'a list', given);
      return given.map((one) => chosen(name, one, rule.names));
    },
  });
}

/** One of several names without options. A default of null: absent unless given. */
export function nameOption<Name extends string, Default extends Name | null>(rule: {
  readonly help: string;
  readonly names: readonly Name[];
  readonly default: Default;
  readonly otherwise?: string;
}): Option<Name, Name | Extract<Default, null>> {
  return {
    help: rule.help,
    names: rule.names,
    fallback: rule.otherwise ?? String(rule.default ?? 'none'),
    decide: (name, given) => {
      if (given === undefined) return rule.default as never;
      checkName(name, given, rule.names);
      return given;
    },
  };
}

/** Yes or no. */
export function flagOption(rule: { readonly help: string; readonly default: boolean }): Option<boolean, boolean> {
  return {
    help: rule.help,
    fallback: String(rule.default),
    decide: (name, given = rule.default) => {
      if (typeof given !== 'boolean') throw badOption(name, 'true or false', given);
      return given;
    },
  };
}
