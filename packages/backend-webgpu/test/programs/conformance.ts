import { checkConformance } from '../check-conformance.ts';

console.log(JSON.stringify(await checkConformance()));
