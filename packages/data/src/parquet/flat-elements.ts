import type { SchemaElement } from 'hyparquet';

/** The columns of a file: flat ones, and the names of parts of structs, lists and maps, which are not read. */
export interface FileColumns {
  readonly flat: readonly SchemaElement[];
  /** `ohlc.open` for a part of a struct; a list or a map by its own name. */
  readonly nested: readonly string[];
}

/**
 * Walks the schema, which is a tree written depth first: only its own children are columns of the file. A part of a
 * struct may have the name of a column, but is another one.
 *
 * @throws Error when the numbers of children do not add up
 */
export function columnsOf(schema: readonly SchemaElement[]): FileColumns {
  const flat: SchemaElement[] = [];
  const nested: string[] = [];
  let next = 1;
  const walk = (path: readonly string[]): void => {
    const element = schema[next++];
    if (typeof element?.name !== 'string') throw new Error('a column without a name');
    const names = [...path, element.name];
    const children = element.num_children ?? 0;
    const isColumn = children === 0 && element.type !== undefined && element.repetition_type !== 'REPEATED';
    if (isColumn && path.length === 0) flat.push(element);
    else if (children === 0 || isCollection(element)) nested.push(names.join('.'));
    for (let child = 0; child < children; child++) {
      const found = nested.length;
      walk(names);
      if (isCollection(element)) nested.length = found;
    }
  };
  while (next < schema.length) walk([]);
  const names = new Set(flat.map((element) => element.name));
  return { flat, nested: nested.filter((name) => !names.has(name)) };
}

function isCollection({ converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return ['LIST', 'MAP', 'MAP_KEY_VALUE'].includes(converted ?? logical?.type ?? '');
}
