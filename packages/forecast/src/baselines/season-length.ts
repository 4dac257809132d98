export { seasonLength } from '@nt/data';
