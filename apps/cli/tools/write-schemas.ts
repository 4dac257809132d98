// node --import tsx tools/write-schemas.ts: writes schemas/VERB.json.
import { writeFileSync } from 'node:fs';
import { outputSchemas, schemaFile } from './output-schemas.ts';

for (const verb of Object.keys(outputSchemas))
  writeFileSync(new URL(`../schemas/${verb}.json`, import.meta.url), schemaFile(verb));
