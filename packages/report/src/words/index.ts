export { evaluationVerdict, measureOf } from './evaluation-verdict.ts';
export { duration, percent, probability, short, whole } from './numbers.ts';
