import { runCoreSuite } from '@nt/engine-tests/core-suite/run';
import { watchedEngine } from './watched-engine.ts';

async function main(): Promise<void> {
  const whole = process.argv[2] === 'whole';
  // Node has no canvas, through which tfjs reads synchronously.
  const result = await runCoreSuite({ ...(await watchedEngine()), isDataSync: false, whole });
  process.stdout.write(`\n${JSON.stringify(result)}\n`, () => process.exit());
}

void main();
