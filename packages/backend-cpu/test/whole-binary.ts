// What a platform's binary must do, run in a Node of that platform: the self-test of each instruction set, the cases of
// @nt/tensor/conformance and a short training. Arguments: the binary, and the file that the report goes to (under Wine, Node
// cannot write into pipes).
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createCpuBackend } from '@nt/backend-cpu';
import { runConformance } from '@nt/tensor/conformance';
import { createReferenceBackend } from '@nt/tensor/reference';
import { createTraining } from '../bench/network.ts';
import type { NativeAddon } from '../src/kernels/native/native-addon.ts';

const updates = 12;

/** What the program writes, as JSON. */
export interface BinaryReport {
  readonly platform: string;
  readonly kernelSet: string;
  readonly limitations: readonly string[];
  /** Instruction sets of the binary that passed, and all that it says this processor has. */
  readonly passed: readonly string[];
  readonly sets: readonly string[];
  /** Cases of conformance that failed. */
  readonly failures: readonly unknown[];
  readonly losses: readonly number[];
}

const { sets, selfTest } = createRequire(import.meta.url)(process.argv[2]!) as NativeAddon;
const backend = await createCpuBackend({ threads: 2 });
const { kernelSet, limitations = [] } = await backend.describe();
const { failures } = await runConformance(backend, createReferenceBackend());
const training = createTraining(backend, { batch: 20, width: 64, isCaptured: true });
const losses: number[] = [];
for (let i = 0; i < updates; i++) losses.push(await training.update());
training.dispose();
const report: BinaryReport = {
  platform: `${process.platform}-${process.arch}`,
  kernelSet,
  limitations,
  passed: sets.filter((set) => selfTest(set)),
  sets,
  failures,
  losses,
};
await backend.dispose();
writeFileSync(process.argv[3]!, JSON.stringify(report));
