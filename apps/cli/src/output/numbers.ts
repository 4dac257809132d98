export { duration, percent, short, whole } from '@nt/report/words';
