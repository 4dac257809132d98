import { CommentTag } from 'typedoc';

const words = ['Source', 'Golden', 'Differs'];

/**
 * Our comments end with lines `Source: …`, `Golden: …`, `Differs: …`. To TypeDoc they belong to the tag above, mostly
 * `@throws`; here each becomes a tag of its own.
 *
 * @param {import('typedoc').Comment} comment
 */
export function originsAsTags(comment) {
  const [, ...ofSummary] = partsOf(comment.summary);
  comment.summary = partsOf(comment.summary)[0]?.content ?? [];
  const tags = comment.blockTags.flatMap((tag) => {
    const [own, ...more] = partsOf(tag.content);
    tag.content = own?.content ?? [];
    return more;
  });
  for (const { word, content } of [...ofSummary, ...tags]) {
    comment.blockTags.push(new CommentTag(`@${word.toLowerCase()}`, content));
  }
}

/**
 * The content before the first of the words, and from each on. Code is no place to look for them.
 *
 * @param {readonly import('typedoc').CommentDisplayPart[]} content
 */
function partsOf(content) {
  /** @type {{ word: string, content: import('typedoc').CommentDisplayPart[] }[]} */
  const parts = [{ word: '', content: [] }];
  const begin = new RegExp(`(?:^|\\n)\\s*(?=(?:${words.join('|')}): )|(?<=[.)] )(?=(?:${words.join('|')}): )`);
  for (const part of content) {
    if (part.kind !== 'text') parts.at(-1)?.content.push(part);
    else {
      const [first = '', ...others] = part.text.split(begin);
      if (first !== '') parts.at(-1)?.content.push({ ...part, text: first });
      for (const text of others) {
        const [, word = '', rest = ''] = /^(\w+): ([\s\S]*)$/.exec(text) ?? [];
        parts.push({ word, content: [{ ...part, text: rest }] });
      }
    }
  }
  return parts;
}
