import { programs } from '../programs-of-engine.ts';

console.log(JSON.stringify(await programs[process.argv[2] as keyof typeof programs]()));
