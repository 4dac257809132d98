import type { CallToolResult } from '@modelcontextprotocol/server';
import { ToolError } from './tool-error.ts';

/** An answer as the protocol has it: structured, and as a text for clients that know only that. */
export const answerOf = (structured: Readonly<Record<string, unknown>>): CallToolResult => ({
  content: [{ type: 'text', text: JSON.stringify(structured) }],
  structuredContent: structured,
});

/** What went wrong, for the agent to mend. */
export function errorAnswer(error: unknown): CallToolResult {
  const { code, message, details } =
    error instanceof ToolError
      ? error
      : new ToolError('nt/failed', error instanceof Error ? error.message : String(error));
  const told = { code, message, ...(Object.keys(details).length > 0 && { details }) };
  return {
    isError: true,
    content: [{ type: 'text', text: `${message} [${code}]` }],
    structuredContent: { error: told },
  };
}
