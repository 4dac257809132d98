import { resumeProblem } from './resume-problem.ts';

/** One value that is not as it was. */
export interface ConfigDifference {
  /** e.g. `optimizer.learningRate`. */
  readonly path: string;
  readonly saved: unknown;
  readonly now: unknown;
}

/** Where two JSON values differ, leaf by leaf. */
export function configDifferences(saved: unknown, now: unknown, path = ''): ConfigDifference[] {
  if (Object.is(saved, now)) return [];
  if (!isTree(saved) || !isTree(now) || Array.isArray(saved) !== Array.isArray(now)) return [{ path, saved, now }];
  const names = new Set([...Object.keys(saved), ...Object.keys(now)]);
  return [...names].flatMap((name) =>
    configDifferences(saved[name], now[name], path === '' ? name : `${path}.${name}`),
  );
}

const isTree = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Refuses differences that were not declared: by path, by the path of a part that holds them, or by last name. */
export function checkConfig(
  saved: unknown,
  now: unknown,
  allowChanged: readonly string[],
): readonly ConfigDifference[] {
  const differences = configDifferences(saved, now);
  const refused = differences.filter(({ path }) => !allowChanged.some((allowed) => covers(allowed, path)));
  if (refused.length === 0) return differences;
  const lines = refused.map(({ path, saved: before, now: after }) => `${path}: ${shown(before)} → ${shown(after)}`);
  throw resumeProblem(
    'trainer/config-changed',
    `The configuration differs from that of the checkpoint: ${lines.join('; ')}.`,
    `Resume with the saved one, or declare the change: allowChanged: ${JSON.stringify(refused.map(({ path }) => path))}.`,
    { differences: refused },
  );
}

const covers = (allowed: string, path: string): boolean =>
  path === allowed || path.startsWith(`${allowed}.`) || path.endsWith(`.${allowed}`);

const shown = (value: unknown): string => (value === undefined ? 'absent' : JSON.stringify(value));
