import { augmentationNames, optimizerNames, scheduleNames } from '@nt/forecast';
import { uniformValues } from '@nt/tensor';

/** What is crossed: values of one axis, each with the flags that it means. */
export interface Axis {
  readonly name: string;
  readonly values: readonly { readonly name: string; readonly flags: readonly string[] }[];
}

/** One value of every axis. */
export interface Cell {
  readonly names: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
}

const axis = (name: string, flag: string, values: readonly string[]): Axis => ({
  name,
  values: values.map((value) => ({ name: value, flags: value === '' ? [] : [flag, value] })),
});

const reference = (precision: string) => ({
  name: precision,
  flags: ['--backend', 'reference', '--precision', precision],
});
const cpu = { name: 'float32', flags: [] };
const narrow = { name: 'mixed-bfloat16 on cpu', flags: ['--precision', 'mixed-bfloat16'] };

/** An empty value leaves the flag out. The reference engine is slow: its share is a third. */
export const axes: readonly Axis[] = [
  axis('optimizer', '--optimizer', optimizerNames),
  axis(
    'schedule',
    '--schedule',
    // Without patience a plateau reduces the rate within these few checks.
    scheduleNames.map((name) => (name === 'plateau' ? 'plateau:patience=0,threshold=0.1' : name)),
  ),
  axis('accumulate', '--accumulate', ['', '2', '3']),
  axis('averaging', '--averaging', ['', 'ema:decay=0.9', 'swa']),
  {
    name: 'clip',
    values: [
      { name: 'norm', flags: ['--clip', '0.1'] },
      { name: 'value', flags: ['--clip', '0', '--clip-value', '0.01'] },
      { name: 'both', flags: ['--clip', '0.1', '--clip-value', '0.02'] },
      { name: 'none', flags: ['--clip', '0'] },
    ],
  },
  axis('augmentation', '--augment', ['', ...augmentationNames]),
  { name: 'precision', values: [cpu, reference('mixed-bfloat16'), cpu, narrow, reference('mixed-float16'), cpu] },
  axis('dropout', '--dropout', ['', '0.3']),
  axis('lookahead', '--lookahead', ['', 'every=2']),
  axis('warmup', '--warmup', ['', '3']),
  axis('checkpoint every', '--checkpoint-every', ['1', '2', '', '1']),
];

/** Averages the weights itself, so that nothing else may. */
const averagesItself = 'scheduleFreeAdamw';

/**
 * The cell of a kill. Values of an axis come in shuffled rounds, so that as many cells as an axis has values hold each of
 * them once; which values meet is random.
 */
export function drawCell(index: number): Cell {
  const drawn = axes.map(({ name, values }, position) => {
    const round = Math.floor(index / values.length);
    const keys = uniformValues(values.length, { seed: 77_000 + position, counter: round });
    const order = values.map((_, i) => i).sort((a, b) => keys[a]! - keys[b]!);
    return { axis: name, value: values[order[index % values.length]!]! };
  });
  const { value: optimizer } = drawn[0]!;
  const fitting = drawn.map((one) =>
    optimizer.name === averagesItself && ['averaging', 'lookahead'].includes(one.axis)
      ? { ...one, value: { name: '', flags: [] } }
      : one,
  );
  return {
    names: Object.fromEntries(fitting.map(({ axis: name, value }) => [name, value.name])),
    flags: fitting.flatMap(({ value }) => value.flags),
  };
}

/** How a child is killed: at a part of its training time, or while its `nth` checkpoint is being written. */
export type Moment =
  | { readonly kind: 'time'; readonly share: number }
  | { readonly kind: 'write'; readonly nth: number };

/** The moment of the `attempt`-th kill in a cell; every other one is in the middle of checkpoint writing. */
export function drawMoment(index: number, attempt: number): Moment {
  const [first = 0] = uniformValues(1, { seed: 78_000 + attempt, counter: index });
  // The end of a run is no training: it judges and writes the model.
  return (index + attempt) % 2 === 0
    ? { kind: 'write', nth: 1 + Math.floor(3 * first) }
    : { kind: 'time', share: 0.8 * first };
}
