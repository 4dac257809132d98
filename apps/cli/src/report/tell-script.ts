import type { ScriptTask } from '@nt/report';
import { isCall, tellCall } from '../mcp/call-channel.ts';

/** Tells an agent the TypeScript that does what was done; in a terminal a report has it. */
export async function tellScript(task: () => ScriptTask): Promise<void> {
  if (!isCall()) return;
  const { scriptOf } = await import('@nt/report');
  tellCall({ type: 'script', script: scriptOf(task()) });
}
