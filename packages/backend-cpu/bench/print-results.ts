import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fewestClean, type Result } from './compare-competitors.ts';

/** Results of one setting: a number of threads and a batch, say. */
export interface Setting {
  readonly title: string;
  readonly results: readonly Result[];
}

/** What the figures were measured on. */
export function machineLine(...versions: readonly string[]): string {
  const load = loadavg()[0]!.toFixed(1);
  const parts = [`Node ${process.versions.node}`, `${cpus().length} × ${cpus()[0]?.model.trim()}`, `load ${load}`];
  return [...parts, ...versions].join(', ');
}

/** The first line that a command prints, or undefined. */
export function firstLine(command: string, ...parameters: readonly string[]): string | undefined {
  try {
    const text = execFileSync(command, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return text.trim().split('\n')[0];
  } catch {
    return undefined;
  }
}

/** Every figure of a setting, as a markdown table. */
export function printSetting({ title, results }: Setting): void {
  const base = firstToRun(results);
  console.log(`\n**${title}**\n`);
  console.log('| engine | ms | processor ms | clean | ms ÷ first | processor ms ÷ first |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  for (const { name, ready, cannot, milliseconds, cpu, clean, samples } of results) {
    const label = ready.kernelSet && !name.includes(ready.kernelSet) ? `${name} (${ready.kernelSet})` : name;
    const cells = cannot
      ? [label, 'cannot:', cannot, '', '', '']
      : [
          label,
          figure(milliseconds),
          figure(cpu),
          `${clean}/${samples}`,
          `${(milliseconds / base!.milliseconds).toFixed(2)}×`,
          `${(cpu / base!.cpu).toFixed(2)}×`,
        ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/** One row for each engine, one column for each setting: milliseconds, and how much faster the first row is. */
export function printOverview(title: string, settings: readonly Setting[]): void {
  const all = settings.flatMap(({ results }) => results);
  const names = new Set(all.filter(({ cannot }) => !cannot).map(({ name }) => name));
  console.log(`\n**${title}** (in brackets: the first row's speed beside it; ~: hardly a clean repetition)\n`);
  console.log(`| engine | ${settings.map((setting) => setting.title).join(' | ')} |`);
  console.log(`| --- |${' ---: |'.repeat(settings.length)}`);
  for (const name of names) console.log(`| ${[name, ...settings.map((setting) => cell(setting, name))].join(' | ')} |`);
}

function cell({ results }: Setting, name: string): string {
  const base = firstToRun(results);
  const result = results.find((one) => one.name === name);
  if (!result || result.cannot) return '';
  const vague = result.clean < fewestClean ? '~' : '';
  const ratio = result === base ? '' : ` (${(result.milliseconds / base!.milliseconds).toFixed(2)}×)`;
  return `${vague}${figure(result.milliseconds)}${ratio}`;
}

/** What the others are compared with. */
const firstToRun = (results: readonly Result[]): Result | undefined => results.find(({ cannot }) => !cannot);

const figure = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(value < 100 ? 1 : 0));
