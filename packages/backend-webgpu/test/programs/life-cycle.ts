import { observeLifeCycle } from '../observe-life-cycle.ts';

console.log(JSON.stringify(await observeLifeCycle()));
