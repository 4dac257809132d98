import backtest from '../../schemas/backtest.json' with { type: 'json' };
import evaluate from '../../schemas/evaluate.json' with { type: 'json' };
import exported from '../../schemas/export.json' with { type: 'json' };
import info from '../../schemas/info.json' with { type: 'json' };
import leakcheck from '../../schemas/leakcheck.json' with { type: 'json' };
import resume from '../../schemas/resume.json' with { type: 'json' };
import train from '../../schemas/train.json' with { type: 'json' };
import type { JsonSchema } from '../options/value-kind.ts';
import { forecastSummarySchema } from './forecast-summary.ts';

/** What `--json` of a verb prints; of a forecast, which prints rows, a summary. */
const schemas: Readonly<Record<string, JsonSchema>> = {
  ...{ backtest, evaluate, export: exported, info, leakcheck, resume, train },
  forecast: forecastSummarySchema,
};

/** Deeper parts of a result are told as what they are, not in every member: agents read this before each session. */
const depth = 3;

/** What a tool of a verb answers. */
export function outputSchema(verb: string): JsonSchema {
  const { $schema: _, title: __, ...result } = schemas[verb]!;
  const text = { type: 'string' };
  return {
    type: 'object',
    properties: {
      answer: { ...text, description: 'names this answer for the tool script' },
      command: { ...text, description: 'what a person types for the same' },
      seconds: { type: 'number' },
      files: { type: 'object', description: 'what was written, by argument', additionalProperties: text },
      result: outline(result, depth),
      shortened: {
        description: 'lists of the result that are longer than told here',
        type: 'array',
        items: {
          type: 'object',
          properties: { path: text, of: { type: 'integer' }, kept: { type: 'integer' } },
          required: ['path', 'of', 'kept'],
        },
      },
      next: {
        description: 'the call that comes next, if one is proposed',
        anyOf: [
          {
            type: 'object',
            properties: { tool: text, arguments: { type: 'object' } },
            required: ['tool', 'arguments'],
          },
          { type: 'null' },
        ],
      },
      notes: { description: 'what was told on the way', type: 'array', items: text },
    },
    required: ['answer', 'command', 'seconds', 'files', 'result', 'shortened', 'notes', 'next'],
  };
}

/** A schema to a depth; below that it says of which type a value is. */
function outline(schema: JsonSchema, levels: number): JsonSchema {
  const { anyOf, properties, items, required, additionalProperties: _, ...rest } = schema as Parts;
  const lower = (one: JsonSchema): JsonSchema => outline(one, levels - 1);
  if (levels === 0) return properties || items || anyOf ? typeOf(schema) : schema;
  return {
    ...rest,
    ...(anyOf && { anyOf: anyOf.map((one) => outline(one, levels)) }),
    ...(items && { items: lower(items) }),
    ...(properties && { properties: mapped(properties, lower) }),
    ...(required && { required }),
  };
}

interface Parts extends JsonSchema {
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
}

const typeOf = ({ type, description }: JsonSchema): JsonSchema => ({
  ...(description !== undefined && { description }),
  ...(type !== undefined && { type }),
});

const mapped = (
  table: Readonly<Record<string, JsonSchema>>,
  change: (schema: JsonSchema) => JsonSchema,
): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(Object.entries(table).map(([name, schema]) => [name, change(schema)]));
