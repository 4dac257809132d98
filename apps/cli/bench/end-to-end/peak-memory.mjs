// Loaded into a process of Node: at its end, writes the peak of its memory in MB to the file named in NT_PEAK_MEMORY.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  writeFileSync(process.env['NT_PEAK_MEMORY'], `${process.resourceUsage().maxRSS / 1024}`);
});
