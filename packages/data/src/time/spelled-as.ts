import { offsetName } from './local-time.ts';
import { compileTimeFormat } from './parse-formatted-time.ts';
import { writeFormat } from './write-format.ts';

/** Directives that read more than one way of writing, each with the ways in which it is written. */
const ways: readonly (readonly [RegExp, readonly string[]])[] = [
  [/%z/, ['%z', '%:z', '%:::z', 'Z', 'UTC', 'GMT']],
  [/%f/, ['%f', '%3f', '%1f', '%2f', '%4f', '%5f']],
  [/%([bB])/, ['%$1', '%^$1', '%#$1', '%b', '%b.']],
  [/%p/, ['%p', '%#p', '%.p']],
];

/** A told format as the file writes it: what is written has to be found again as text. */
export function spelledAs(told: string, texts: readonly string[], months?: readonly string[]): string {
  const [first] = texts;
  if (first === undefined) return told;
  const { parse, offset } = compileTimeFormat(told);
  const isOwn = (format: string, text: string) => {
    const time = parse(text);
    return (
      !Number.isNaN(time) &&
      writeFormat({ format, zone: offsetName(offset()), ...(months && { months }) }, time) === text
    );
  };
  const spellings = ways.reduce(
    (formats, [directive, written]) =>
      directive.test(told) ? formats.flatMap((one) => written.map((way) => one.replace(directive, way))) : formats,
    [told],
  );
  const spelling = spellings.find((format) => withAndWithoutZeros(format).some((one) => isOwn(one, first)));
  if (spelling === undefined) return told;
  return withAndWithoutZeros(spelling).find((format) => texts.every((text) => isOwn(format, text))) ?? told;
}

/** `%d` reads `7` and `07`, `%e` `7` and ` 7`. */
function withAndWithoutZeros(format: string): string[] {
  const bare = format.replace(/%e/g, '%d').replace(/%([dmHI])/g, '%-$1');
  return [format, bare, bare.replace(/%-([HI])/g, '%$1'), format.replace(/%([HI])/g, '%-$1')];
}
