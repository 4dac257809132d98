/** Bytes of the WebAssembly binary format, as far as generated rules need it. */
export const wasmCode = {
  i32: 0x7f,
  v128: 0x7b,
  block: [0x02, 0x40],
  loop: [0x03, 0x40],
  br: 0x0c,
  brIf: 0x0d,
  end: 0x0b,
  localGet: 0x20,
  localSet: 0x21,
  i32Load: 0x28,
  i32Const: 0x41,
  i32GreaterEqual: 0x4f,
  i32Add: 0x6a,
} as const;

/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value >>> 0; ; rest >>>= 7) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest & 127) | 128);
  }
}

/** An instruction of the vector group, whose number follows the prefix. */
export const vector = (instruction: number, ...immediate: number[]): number[] => [
  0xfd,
  ...unsigned(instruction),
  ...immediate,
];

/** Length, then content. */
export const sized = (content: readonly number[]): number[] => [...unsigned(content.length), ...content];

/** A section of a module. */
export const section = (id: number, content: readonly number[]): number[] => [id, ...sized(content)];

/** A list with its length in front. */
export const listed = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()];

/** A name. */
export const named = (text: string): number[] => sized(Array.from(text, (character) => character.charCodeAt(0)));
