import type { JsonSchema } from '../options/value-kind.ts';
import { type Arguments, unknownArgument } from './check-arguments.ts';
import type { Journal } from './journal.ts';
import type { Tool } from './tool.ts';
import { ToolError } from './tool-error.ts';

const text: JsonSchema = { type: 'string' };

/** The tools that tell of the calls of this session. */
export const ownTools = (journal: Journal): Readonly<Record<string, Tool>> => ({
  script: {
    title: 'Script of an answer',
    description:
      'Gives what makes an answer again, to the same numbers: the nt command, and where there is one the TypeScript over the library. For the person, a notebook, a pull request.',
    inputSchema: {
      type: 'object',
      properties: { answer: { ...text, description: 'the answer of an earlier call, as it is named there: "3"' } },
      required: ['answer'],
      additionalProperties: false,
    },
    outputSchema: {
      type: 'object',
      properties: {
        tool: text,
        command: { ...text, description: 'for a shell; add --overwrite where the folder is there already' },
        typescript: { type: ['string', 'null'] },
      },
      required: ['tool', 'command', 'typescript'],
    },
    writes: false,
    async run(given) {
      only('script', given, ['answer']);
      const { answer } = given;
      const { answers } = journal;
      const found = journal.find(String(answer));
      if (found?.command === undefined) {
        const known = answers.length === 0 ? 'there are none yet' : `known: ${answers.slice(-20).join(', ')}`;
        throw new ToolError(
          'mcp/bad-argument',
          `answer: expected the answer of an earlier call of this session (${known}), found ${JSON.stringify(answer)}.`,
          { argument: 'answer' },
        );
      }
      return { tool: found.tool, command: found.command, typescript: found.script ?? null };
    },
  },
  failures: {
    title: 'Calls that failed',
    description:
      'Lists the calls of this session that failed or were cancelled: what was asked, why it failed, and the call that goes on with what was kept.',
    inputSchema: { type: 'object', properties: {}, additionalProperties: false },
    outputSchema: {
      type: 'object',
      properties: {
        failures: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              ...{ answer: text, tool: text, arguments: { type: 'object' }, began: text, seconds: { type: 'number' } },
              state: { enum: ['failed', 'cancelled'] },
              error: { type: 'object', properties: { code: text, message: text }, required: ['code', 'message'] },
              resume: { description: 'the call that goes on; null where nothing was kept', type: ['object', 'null'] },
            },
            required: ['answer', 'tool', 'arguments', 'began', 'seconds', 'state', 'error', 'resume'],
          },
        },
      },
      required: ['failures'],
    },
    writes: false,
    async run(given) {
      only('failures', given, []);
      const failures = journal.failures.map(({ command: _, script: __, error, resume = null, ...entry }) => ({
        ...entry,
        error: { code: error!.code, message: error!.message },
        resume,
      }));
      return { failures };
    },
  },
});

function only(tool: string, given: Arguments, known: readonly string[]): void {
  const other = Object.keys(given).find((name) => !known.includes(name));
  if (other !== undefined) throw unknownArgument(tool, other, known);
}
