import { type Report, reportPage } from '@nt/report';
import type { Terminal } from '../output/terminal.ts';
import { writeFileSafely } from '../output-files.ts';

/** Writes a report and tells where. */
export async function writePage(path: string, report: Report, terminal: Terminal): Promise<void> {
  await writeFileSafely(path, reportPage(report));
  terminal.line(`report written to ${path}`);
}
