import { badOption, type Option } from './option.ts';

interface NumberRule {
  readonly help: string;
  readonly min?: number;
  readonly max?: number;
  /** A number, or found from the options before it, then `otherwise` says how. */
  readonly default: number | ((before: Readonly<Record<string, unknown>>) => number);
  readonly otherwise?: string;
}

/** One that may be absent. */
type OptionalRule = Omit<NumberRule, 'default'> & {
  readonly default: null | ((before: Readonly<Record<string, unknown>>) => number | null);
};

/** A whole number. */
export function wholeNumber(rule: NumberRule): Option<number, number>;
/** A whole number, or null when it is not given. */
export function wholeNumber(rule: OptionalRule): Option<number, number | null>;
export function wholeNumber(rule: NumberRule | OptionalRule): Option<number, number | null> {
  return numberOption(rule, 'an integer', Number.isSafeInteger);
}

/** A number that is not NaN or infinite. */
export function realNumber(rule: NumberRule): Option<number, number>;
/** A number that is not NaN or infinite, or null when it is not given. */
export function realNumber(rule: OptionalRule): Option<number, number | null>;
export function realNumber(rule: NumberRule | OptionalRule): Option<number, number | null> {
  return numberOption(rule, 'a number', Number.isFinite);
}

function numberOption(
  { help, min = -Infinity, max = Infinity, default: usual, otherwise }: NumberRule | OptionalRule,
  kind: string,
  isKind: (value: unknown) => boolean,
): Option<number, number | null> {
  const range = [min > -Infinity && `>= ${min}`, max < Infinity && `<= ${max}`].filter(Boolean).join(' and ');
  return {
    help,
    fallback: otherwise ?? String(usual ?? 'none'),
    decide: (name, given, before) => {
      if (given === undefined) return typeof usual === 'function' ? usual(before) : usual;
      if (!isKind(given) || given < min || given > max) throw badOption(name, `${kind} ${range}`.trim(), given);
      return given;
    },
  };
}
