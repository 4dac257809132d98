import { CpuEngineError } from '../../cpu-engine-error.ts';
import { type ElementType, maxRegisters, type RuleCall, stepOperations } from '../rule-call.ts';
import { type CommandWriter, headerWords, mostWords } from './command.ts';

const maxRank = 8;
const types: Readonly<Record<ElementType, number>> = { float: 0, byte: 1, int: 2 };
const layouts = { dense: 0, scalar: 1, strided: 2 } as const;
const fixedWords = headerWords + 7 + maxRank;
const inputWords = 3 + maxRank;
const outputWords = 2;
const stepWords = 5;

/** Writes the fields of RuleCommand and what follows it (rule.h). */
export function writeRule(command: CommandWriter, call: RuleCall): void {
  const { program, inputs, outputs } = call;
  command.words(call.count, call.sizes.length, program.inputs, program.constants, program.temporaries);
  command.words(program.outputs, program.steps.length);
  command.padded(call.sizes, maxRank, 1);
  for (const { offset, type, strides } of inputs) {
    const layout = !strides
      ? layouts.dense
      : strides.every((stride) => stride === 0)
        ? layouts.scalar
        : layouts.strided;
    command.words(offset, types[type], layout);
    command.padded(strides ?? [], maxRank, 0);
  }
  command.late('float', call.constants.length, call.lateConstants);
  command.floats(...call.constants);
  for (const { offset, type } of outputs) command.words(offset, types[type]);
  for (const { operation, result, a, b, c } of program.steps) {
    command.words(stepOperations.indexOf(operation), result, a, b, c);
  }
}

/** Words of the command. @throws CpuEngineError `backend-cpu/rule-too-large` when it does not fit into a slot */
export function ruleWords({ program }: RuleCall): number {
  const registers = program.inputs + program.constants + program.temporaries + program.outputs;
  const words =
    fixedWords +
    program.inputs * inputWords +
    program.constants +
    program.outputs * outputWords +
    program.steps.length * stepWords;
  if (registers <= maxRegisters && words <= mostWords) return words;
  throw new CpuEngineError(
    'backend-cpu/rule-too-large',
    `An elementwise rule may use ${maxRegisters} registers and ${mostWords * 4} bytes of program; this one needs ${registers} and ${words * 4}. Split it into two rules.`,
    { registers, bytes: words * 4 },
  );
}
