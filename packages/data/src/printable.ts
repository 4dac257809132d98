/** Control characters, line separators, signs that turn the direction of writing, and halves of surrogate pairs. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text that may stand in a terminal: what would move, hide or turn letters is written as an escape and so is seen. */
export function printable(text: string): string {
  return text.replace(unprintable, (letter) => {
    const code = letter.charCodeAt(0).toString(16);
    return short[letter] ?? (code.length < 3 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`);
  });
}

/** A text of a file as a message quotes it: cut when it is long. */
export function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
