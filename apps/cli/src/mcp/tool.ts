import type { JsonSchema } from '../options/value-kind.ts';
import type { Progress } from './call-progress.ts';
import type { Arguments } from './check-arguments.ts';

/** What of a request a tool needs to know. */
export interface ToolRequest {
  /** Aborts when the agent cancels the call, or leaves. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** A tool as the protocol lists it, and what it does. */
export interface Tool {
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonSchema;
  readonly outputSchema: JsonSchema;
  readonly writes: boolean;
  /** @returns what `outputSchema` says @throws ToolError */
  run(given: Arguments, request: ToolRequest): Promise<Readonly<Record<string, unknown>>>;
}
