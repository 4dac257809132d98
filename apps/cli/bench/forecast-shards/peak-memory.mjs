// Loaded into each process of Node: at its end, writes what it has used into the folder named in NT_PEAK_FOLDER.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const used = { megabytes: maxRSS / 1024, seconds: (userCPUTime + systemCPUTime) / 1e6 };
  const isWorker = process.argv.includes('job-worker');
  writeFileSync(join(process.env['NT_PEAK_FOLDER'], `${process.pid}.json`), JSON.stringify({ ...used, isWorker }));
});
