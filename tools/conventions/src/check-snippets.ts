import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readText, type Violation, type Workspace } from './workspace.ts';

const languages = new Set(['ts', 'typescript', 'tsx', 'js', 'javascript', 'mjs']);

export interface Snippet {
  /** 1-based line of the opening fence */
  readonly line: number;
  /** the path in `<!-- example: path -->` above it, relative to the README */
  readonly example: string | undefined;
  readonly code: string;
}

/** Code in a README or in the guide is an example file, word for word: examples are run, so the page is known to work. */
export function checkSnippets(workspace: Workspace): Violation[] {
  const readmes = workspace.files.filter((file) => /^(?:(?:[^/]+\/[^/]+\/)?README|docs\/guide\/[^/]+)\.md$/.test(file));
  return readmes.flatMap((readme) =>
    readSnippets(readText(workspace, readme)).flatMap(({ line, example, code }) => {
      const problem = problemOf(example, code, join(workspace.root, dirname(readme)));
      return problem ? [`${readme}:${line}: ${problem}`] : [];
    }),
  );
}

function problemOf(example: string | undefined, code: string, folder: string): string | undefined {
  if (!example) return 'expected <!-- example: path --> on the line above this block';
  const path = join(folder, example);
  if (!existsSync(path)) return `${example} does not exist`;
  const file = normalize(readFileSync(path, 'utf8'));
  return normalize(code) === file ? undefined : `differs from ${example}; copy the file into the block`;
}

/** The blocks of code in languages that we run. */
export function readSnippets(markdown: string): Snippet[] {
  const lines = markdown.split(/\r?\n/);
  const snippets: Snippet[] = [];
  for (let index = 0; index < lines.length; index++) {
    const [, fence, language = ''] = /^(`{3,})(\w*)/.exec(lines[index] ?? '') ?? [];
    if (!fence) continue;
    const end = lines.indexOf(fence, index + 1);
    if (end < 0) return snippets;
    if (languages.has(language)) {
      snippets.push({
        line: index + 1,
        example: exampleAbove(lines, index),
        code: lines.slice(index + 1, end).join('\n'),
      });
    }
    index = end;
  }
  return snippets;
}

function exampleAbove(lines: readonly string[], index: number): string | undefined {
  const above = lines[index - 1] || lines[index - 2];
  return /^<!-- example: (\S+) -->$/.exec(above ?? '')?.[1];
}

function normalize(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}
