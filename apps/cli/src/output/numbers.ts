export { duration, short, whole } from '@nt/report/words';
