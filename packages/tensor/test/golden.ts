import { readFileSync } from 'node:fs';

/** A golden file of this package, as the types that its test knows it to have. */
export function readGolden<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(`./golden/${name}.json`, import.meta.url), 'utf8')) as Content;
}
