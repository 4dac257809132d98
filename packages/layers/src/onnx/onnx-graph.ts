import { bytesField, floatField, joined, type Message, messageField, wholeField } from './protobuf.ts';

/** Version of ONNX's operators that files ask for. */
export const opset = 17;

/** Of the file format; 8 is the one that came with opset 17. */
const irVersion = 8;

/** Field numbers and enums below are those of onnx.proto. */
const types = { float: 1, int64: 7 } as const;

/** A number, or whole numbers, that a node carries. */
export type Attribute =
  | { readonly float: number }
  | { readonly whole: number }
  | { readonly wholes: readonly number[] };

/** A graph under construction. */
export interface OnnxGraph {
  /** Appends a node with one output. @returns the output's name */
  node(operator: string, inputs: readonly string[], attributes?: Readonly<Record<string, Attribute>>): string;
  /** Appends constant values. @returns their name; equal lists of whole numbers have one */
  wholes(values: readonly (number | bigint)[]): string;
  /** Appends constant float32 values. @returns their name */
  floats(values: ArrayLike<number>, shape: readonly number[]): string;
  /** `batch` is written for an axis that may have any length; float unless said otherwise. */
  input(name: string, shape: readonly (number | 'batch')[], type?: keyof typeof types): void;
  /** Names what a node gives as an output of the graph; float. */
  output(name: string, from: string, shape: readonly (number | 'batch')[]): void;
  /** The ONNX file, with these texts as its metadata. */
  toBytes(metadata: Readonly<Record<string, string>>): Uint8Array;
}

interface Node {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** An empty graph. */
export function onnxGraph(name: string): OnnxGraph {
  const nodes = new Map<string, Node>();
  const constants = new Map<string, () => Message>();
  const inputs: Message[] = [];
  const outputs = new Map<string, Message>();
  const constant = (given: string, shape: readonly number[], type: number, data: () => Uint8Array): string => {
    const dims = shape.map((length) => wholeField(1, length));
    constants.set(given, () =>
      messageField(5, ...dims, wholeField(2, type), bytesField(8, given), bytesField(9, data())),
    );
    return given;
  };
  return {
    node: (operator, from, attributes = {}) => {
      const to = `${operator.toLowerCase()}_${nodes.size}`;
      nodes.set(to, { operator, inputs: from, attributes });
      return to;
    },
    wholes: (values) => {
      const given = `wholes_${values.join('_')}`;
      return constants.has(given) ? given : constant(given, [values.length], types.int64, () => int64Bytes(values));
    },
    floats: (values, shape) => constant(`constant_${constants.size}`, shape, types.float, () => floatBytes(values)),
    input: (given, shape, type = 'float') => void inputs.push(messageField(11, ...valueInfo(given, shape, type))),
    output: (given, from, shape) => {
      nodes.set(given, { operator: 'Identity', inputs: [from], attributes: {} });
      outputs.set(given, messageField(12, ...valueInfo(given, shape, 'float')));
    },
    toBytes: (metadata) => {
      const used = usedNames(nodes, outputs.keys());
      const kept = [...nodes].filter(([to]) => used.has(to)).map(nodeField);
      const known = [...constants].filter(([given]) => used.has(given)).map(([, message]) => message());
      return joined(
        wholeField(1, irVersion),
        bytesField(2, '@nt/layers'),
        messageField(7, ...kept, bytesField(2, name), ...known, ...inputs, ...outputs.values()),
        messageField(8, bytesField(1, ''), wholeField(2, opset)),
        ...Object.entries(metadata).map(([key, value]) => messageField(14, bytesField(1, key), bytesField(2, value))),
      );
    },
  };
}

/** What the outputs depend on: a network is built with zeros before its weights are known, and those stay behind. */
function usedNames(nodes: ReadonlyMap<string, Node>, outputs: Iterable<string>): ReadonlySet<string> {
  const used = new Set<string>();
  const waiting = [...outputs];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (used.has(name)) continue;
    used.add(name);
    waiting.push(...(nodes.get(name)?.inputs ?? []));
  }
  return used;
}

const nodeField = ([to, { operator, inputs, attributes }]: readonly [string, Node]): Message =>
  messageField(
    1,
    ...inputs.map((from) => bytesField(1, from)),
    bytesField(2, to),
    bytesField(3, to),
    bytesField(4, operator),
    ...Object.entries(attributes).map(attributeField),
  );

function int64Bytes(values: readonly (number | bigint)[]): Uint8Array {
  const data = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((value, i) => {
    data.setBigInt64(8 * i, BigInt(value), true);
  });
  return new Uint8Array(data.buffer);
}

function floatBytes(values: ArrayLike<number>): Uint8Array {
  const data = new DataView(new ArrayBuffer(4 * values.length));
  for (let i = 0; i < values.length; i++) data.setFloat32(4 * i, values[i]!, true);
  return new Uint8Array(data.buffer);
}

function valueInfo(name: string, shape: readonly (number | 'batch')[], type: keyof typeof types): Message[] {
  const dims = shape.map((length) =>
    messageField(1, length === 'batch' ? bytesField(2, length) : wholeField(1, length)),
  );
  const tensorType = messageField(1, wholeField(1, types[type]), messageField(2, ...dims));
  return [bytesField(1, name), messageField(2, tensorType)];
}

function attributeField([name, attribute]: readonly [string, Attribute]): Message {
  if ('float' in attribute)
    return messageField(5, bytesField(1, name), floatField(2, attribute.float), wholeField(20, 1));
  if ('whole' in attribute)
    return messageField(5, bytesField(1, name), wholeField(3, attribute.whole), wholeField(20, 2));
  return messageField(5, bytesField(1, name), ...attribute.wholes.map((v) => wholeField(8, v)), wholeField(20, 7));
}
