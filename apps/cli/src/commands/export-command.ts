import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ExportFlags } from './export.ts';

/** `nt export` */
export function defineExport(command: Command): void {
  command
    .argument('<model>', 'folder written by nt train or nt convert')
    .option('-o, --output <file>', 'where it goes; .onnx or .safetensors says what it is (default: model.onnx)')
    .addOption(
      new Option('--format <name>', 'what to write, whatever the file is called').choices(['onnx', 'safetensors']),
    )
    .option('--series <id>', 'onnx: for one series (default: all, whose number is an input)')
    .addOption(
      new Option('--scaling <unit>', 'onnx: values as in the data, or as the network has them (default: data)').choices(
        ['data', 'none'],
      ),
    )
    .option('--mask', 'onnx: with an input that says which values were observed')
    .option('--member <number>', 'of a model made of others: which one, 0, or 0/1 in that one', memberPath)
    .option('--json', 'print what was written as JSON on stdout')
    .option('--quiet', 'print nothing but errors and results')
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this')
    .action(async (model: string, flags: ExportFlags) => {
      const { exportModel } = await import('./export.ts');
      await exportModel(model, flags);
    })
    .addHelpText(
      'after',
      `
An ONNX file takes raw values and gives forecasts in their unit, in onnxruntime
of any language: the scales of the training are in it. A safetensors file holds
the weights alone, in PyTorch's layout. Forecasts are written by nt forecast -o.
Example:
  nt export model -o model.onnx
  nt export model -o shop.onnx --series shop
  nt export model -o weights.safetensors`,
    );
}

/** Reads `0` or `0/1`. */
function memberPath(text: string): readonly number[] {
  if (/^\d+(\/\d+)*$/.test(text)) return text.split('/').map(Number);
  throw new InvalidArgumentError('Expected the number of a member, 0, or 0/1 for one of its members.');
}
