// `npm run nt -- train …`: the nt command of this checkout, in the folder from which npm was called.
import './set-up.mjs'; // native kernels of older sources would misread what these ask for
import { runNt } from './run-nt.mjs';

process.on('SIGINT', () => {}); // the command itself answers Ctrl-C
process.exitCode = runNt(process.argv.slice(2), process.env.INIT_CWD);
