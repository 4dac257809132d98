import { TensorboardError } from './tensorboard-error.ts';

interface Rule {
  readonly word: string;
  readonly isOne: (value: unknown) => boolean;
  readonly remedy: string;
}
type Kind = 'record' | 'position' | 'sink' | 'function' | 'text' | 'texts' | 'numbers' | 'bytes';

/** Each kind of argument that JavaScript lets pass although the types do not: how it is known, and what to pass. */
const kinds: Readonly<Record<Kind, Rule>> = {
  record: { word: 'an object of values by name', isOne: isRecord, remedy: 'Pass { name: value, … }' },
  position: { word: 'an object with the update', isOne: isRecord, remedy: 'Pass { update }, the completed updates' },
  sink: {
    word: 'an object with write and close',
    isOne: isSink,
    remedy: 'Pass createMemorySink() or openEventFile(folder)',
  },
  function: {
    word: 'a function',
    isOne: (value: unknown) => typeof value === 'function',
    remedy: 'Pass a function, or leave it out',
  },
  text: {
    word: 'a text',
    isOne: (value: unknown) => typeof value === 'string',
    remedy: 'Convert it with String(value)',
  },
  texts: { word: 'a list of texts', isOne: isTexts, remedy: 'Pass a list of tags' },
  numbers: { word: 'a list of numbers', isOne: isNumbers, remedy: 'Pass an array or a typed array of numbers' },
  bytes: { word: 'bytes', isOne: isBytes, remedy: 'Pass a Uint8Array' },
};

/** Demands one of these kinds, so that a wrong argument is this package's error and not a TypeError from inside it. */
export function checkArgument(name: string, kind: Kind, value: unknown): void {
  if (kinds[kind].isOne(value)) return;
  const found = value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value;
  throw new TensorboardError(
    'tensorboard/invalid-argument',
    `${name}: expected ${kinds[kind].word}; found ${found}. ${kinds[kind].remedy}.`,
    { argument: name },
  );
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

function isSink(value: unknown): boolean {
  const { write, close } = Object(value) as { write?: unknown; close?: unknown };
  return typeof write === 'function' && typeof close === 'function';
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isNumbers(value: unknown): boolean {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isBytes(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object Uint8Array]' && ArrayBuffer.isView(value);
}
