// Writes which elementwise programs @nt/backend-cpu's native kernels compile ahead. Then: pnpm -F @nt/backend-cpu
// build:rules, build:kernels and build:native.
import { writeFile } from 'node:fs/promises';
import { collectRules } from './collect-rules.ts';
import { knownRulesFile } from './known-rules-file.ts';

await writeFile(knownRulesFile, `${JSON.stringify(await collectRules(), null, 2)}\n`);
