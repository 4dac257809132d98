import { InvalidArgumentError } from 'commander';

/** `optimizer.beta1=0.9` as `--set` takes it. */
export interface Setting {
  readonly path: readonly string[];
  readonly text: string;
}

/** Reads `path=value`, one after another into a list. */
export function settings(text: string, before: readonly Setting[] = []): readonly Setting[] {
  const [, path, value] = /^([\w.]+)=(.*)$/s.exec(text) ?? [];
  if (path === undefined) throw new InvalidArgumentError('Expected path=value, as in optimizer.beta1=0.9.');
  return [...before, { path: path.split('.'), text: value! }];
}
