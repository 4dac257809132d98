/** What was found may be long; whoever sent it knows it. */
const longest = 3000;

/** What a tool answers when it cannot do what it was asked: said to the agent, not thrown over the protocol. */
export class ToolError extends Error {
  override readonly name: string = 'ToolError';
  readonly code: string;
  /** The same for programs: the argument, the path, where a file is wrong. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message.length > longest ? `${message.slice(0, longest)}…` : message);
    this.code = code;
    this.details = details;
  }
}
