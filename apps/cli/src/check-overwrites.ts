import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from './usage-error.ts';

/** Options that name a file which is written, and such that name one which is read. */
const written = ['output', 'plot', 'report', 'logCsv', 'logJsonl'];
const read = ['data', 'futureData', 'config'];
/** What is a model, in its folder; of its members, everything. */
const ofModel =
  /^(config\.json|model\.(json|safetensors)|history\.csv|data-report\.json|metrics\.json|run\.json|members\/.*)$/;

/**
 * Refuses to write over a file that the command reads, over a part of the model, or two results into one file: what was
 * there would be lost. Changes nothing.
 *
 * @throws UsageError naming the flag
 */
export async function checkOverwrites(command: Command): Promise<void> {
  const flagged = command.options.filter(
    (option) => typeof command.getOptionValue(option.attributeName()) === 'string',
  );
  const pathOf = (name: string) => ({
    flag: flagged.find((option) => option.attributeName() === name)?.long ?? `--${name}`,
    path: command.getOptionValue(name) as string,
  });
  const given = (names: readonly string[]) =>
    names.filter((name) => flagged.some((option) => option.attributeName() === name)).map(pathOf);
  const outputs = given(written);
  if (outputs.length === 0) return;
  for (const { flag, path } of outputs)
    if (path === '-')
      throw new UsageError(`${flag} -: name a file. Results are printed where no file is named for them.`);
  const files = outputs.filter(({ path }) => !isFolder(path));
  const folder = modelFolder(command);
  const inputs = await inputFiles(given(read), folder);
  files.forEach(({ flag, path }, at) => {
    const lost = inputs.find((input) => isSame(input.path, path));
    if (lost)
      throw new UsageError(`${flag} ${path}: this file is read (${lost.flag}) and would be lost; name another.`);
    if (folder !== undefined && ofModel.test(relative(realOf(folder), realOf(path)).split(sep).join('/')))
      throw new UsageError(`${flag} ${path}: this file belongs to the model in '${folder}'; name another.`);
    const twice = files.slice(0, at).find((other) => isSame(other.path, path));
    if (twice) throw new UsageError(`${flag} ${path}: ${twice.flag} is written to the same file; name another.`);
  });
}

/** The folder of the model that is used, or written. */
function modelFolder(command: Command): string | undefined {
  const { resume } = command.opts<{ readonly resume?: unknown }>();
  if (typeof resume === 'string') return resume;
  const option = command.options.find(({ flags }) => /--(model|output) <folder>/.test(flags));
  if (option) return command.getOptionValue(option.attributeName()) as string | undefined;
  return command.registeredArguments[0]?.name() === 'model' ? command.args[0] : undefined;
}

/** The files behind patterns and folders; without `--data` the one that the model was trained on. */
async function inputFiles(
  named: readonly { readonly flag: string; readonly path: string }[],
  folder: string | undefined,
): Promise<{ readonly flag: string; readonly path: string }[]> {
  const { dataFiles, isFilePath } = await import('@nt/data/node');
  const { trainedOn } = await import('./run-file.ts');
  const isTold = named.some(({ flag }) => flag === '--data');
  const source = isTold || folder === undefined ? undefined : (await trainedOn(folder)).source;
  const all = source === undefined ? named : [...named, { flag: 'the data of its training', path: source }];
  const found = await Promise.all(
    all.map(async ({ flag, path }) => {
      // A folder without data is an error of its own, told when it is read.
      const paths = isFilePath(path) ? await dataFiles(path).catch(() => []) : [];
      return paths.map((one) => ({ flag, path: one }));
    }),
  );
  return found.flat();
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** Whether two paths lead to one file, by whatever links and spelling. */
function isSame(one: string, other: string): boolean {
  if (!existsSync(one) || !existsSync(other)) return realOf(one) === realOf(other);
  const [a, b] = [statSync(one, { bigint: true }), statSync(other, { bigint: true })];
  return a.dev === b.dev && a.ino === b.ino;
}

/** A path without links; of what is not there yet, as far as its folders are. */
function realOf(path: string): string {
  const whole = resolve(path);
  if (existsSync(whole)) return realpathSync(whole);
  const folder = dirname(whole);
  return folder === whole ? whole : join(realOf(folder), basename(whole));
}
