import { extname, resolve } from 'node:path';
import type { Predictor } from '@nt/forecast';
import { loadModelFolder } from '@nt/forecast/node';
import { createEngine } from '../create-engine.ts';
import { hasFiniteFiles } from '../finite-weights.ts';
import { whole } from '../output/numbers.ts';
import { stderrTerminal, writeResult } from '../output/terminal.ts';
import { checkWritable, writeFileSafely } from '../output-files.ts';
import { UsageError } from '../usage-error.ts';
import { explodedModel } from './use-model.ts';

type Format = 'onnx' | 'safetensors';

export interface ExportFlags {
  readonly output?: string;
  readonly format?: Format;
  readonly series?: string;
  readonly scaling?: 'data' | 'none';
  readonly mask?: boolean;
  readonly member?: readonly number[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Writes a model as other programs take it. */
export async function exportModel(folder: string, flags: ExportFlags): Promise<void> {
  const { format, output } = targetOf(flags);
  await checkWritable({ '--output': output });
  const backend = await createEngine('cpu', 'float32');
  let model: Predictor | undefined;
  try {
    model = await loadModelFolder(backend, folder);
    if (!(await hasFiniteFiles(folder))) throw explodedModel(folder);
    const chosen = memberOf(model, flags.member ?? []);
    const bytes = await (format === 'onnx' ? onnx(chosen, flags) : weights(chosen));
    await writeFileSafely(output, bytes);
    const terminal = stderrTerminal(flags.quiet === true);
    terminal.line(`${chosen.method} written to ${output} as ${format}, ${whole(bytes.length / 1024)} KiB`);
    const found = {
      file: resolve(output),
      format,
      bytes: bytes.length,
      method: chosen.method,
      horizon: chosen.horizon,
    };
    if (flags.json) writeResult(`${JSON.stringify(found, undefined, 2)}\n`);
  } finally {
    model?.dispose();
    await backend.dispose();
  }
}

/** What is written, and where. @throws UsageError when that is not plain, or flags belong to the other format */
function targetOf({ output, format, series, scaling, mask }: ExportFlags): { format: Format; output: string } {
  const ending = output === undefined ? undefined : extname(output).slice(1).toLowerCase();
  const named = (['onnx', 'safetensors'] as const).find((one) => one === ending);
  const chosen = format ?? named ?? (output === undefined ? 'onnx' : undefined);
  if (chosen === undefined)
    throw new UsageError(`--output ${output}: say what to write with --format onnx or --format safetensors.`);
  const given = Object.entries({ series, scaling, mask }).find(([, value]) => value !== undefined);
  if (chosen !== 'onnx' && given) throw new UsageError(`--${given[0]} is for ONNX files only.`);
  return { format: chosen, output: output ?? `model.${chosen}` };
}

/** @throws UsageError for a member that is not there, and for a model of which none was chosen */
function memberOf(model: Predictor, path: readonly number[]): Predictor {
  const [first, ...rest] = path;
  const members = model.saving?.members ?? [];
  const list = members.map(({ method }, member) => `--member ${member} (${method})`).join(', ');
  if (first === undefined) {
    if (members.length === 0) return model;
    throw new UsageError(`${model.method} is made of other models; choose one: ${list}.`);
  }
  const member = members[first];
  if (member) return memberOf(member, rest);
  throw new UsageError(
    members.length === 0 ? `--member: ${model.method} has no members.` : `--member ${first}: there is ${list}.`,
  );
}

async function onnx(model: Predictor, { series, mask, scaling }: ExportFlags): Promise<Uint8Array> {
  const { exportOnnx } = await import('@nt/forecast/onnx');
  return exportOnnx(model, { series, mask, scaling });
}

/** The weights as the model folder holds them. */
async function weights(model: Predictor): Promise<Uint8Array> {
  const file = (await model.saving?.files?.())?.['model.safetensors'];
  if (file) return file;
  throw new UsageError(`${model.method} is a rule and has no weights.`);
}
