// `npm run nt -- train …`: the nt command of this checkout, in the folder from which npm was called.
import { runNt } from './run-nt.mjs';

process.on('SIGINT', () => {}); // the command itself answers Ctrl-C
process.exitCode = runNt(process.argv.slice(2), process.env.INIT_CWD);
