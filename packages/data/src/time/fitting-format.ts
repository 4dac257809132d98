import { beginOfPeriod } from './begin-of-period.ts';
import { compileTimeFormat } from './parse-formatted-time.ts';

/** Formats that fit a time and the others of its column, as far as those have the same form. */
export function commonFormats(text: string, others: readonly string[]): readonly string[] {
  const formats = fittingFormats(text);
  if (formats.length < 2) return formats;
  const common = others.map(fittingFormats).filter((found) => found.some((format) => formats.includes(format)));
  const left = formats.filter((format) => common.every((found) => found.includes(format)));
  return left.length === 0 ? formats : left;
}

/** Formats that fit a time whose day and month are numbers: one where a number above 12 tells them apart, else both. */
export function fittingFormats(text: string): readonly string[] {
  const time = beginOfPeriod(text) ?? text;
  return likelyFormats(time).filter((format) => !Number.isNaN(compileTimeFormat(format).parse(time)));
}

/** Forms with one meaning that programs and countries write, and that are read when told. */
const otherForms: readonly string[] = [
  ...['%Y%m%d-%H:%M:%S', '%Y-%m-%d %I-%p', '%a %b %d %H:%M:%S %Y', '%Y. %m. %d.', '%Y年%m月%d日', '%Y년 %m월 %d일'],
  ...['%G Week %V', 'Week %V %G', 'KW %V/%G', 'KW %V %G', 'KW%V/%G', 'W%V %G', 'W%V/%G', '%G/W%V', '%GW%V'],
];

function likelyFormats(text: string): readonly string[] {
  const parts = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)(.*)$/s.exec(text);
  if (parts) {
    const [, first, sign, second, year, rest] = parts;
    const clock = clockFormat(rest!);
    if (clock === undefined) return [];
    const years = year!.length === 4 ? '%Y' : '%y';
    const dayFirst = `%d${sign}%m${sign}${years}${clock}`;
    const monthFirst = `%m${sign}%d${sign}${years}${clock}`;
    const yearFirst = `%y${sign}%m${sign}%d${clock}`;
    const isYear = year!.length === 2 && Number(second) <= 12 && Number(year) <= 31;
    return [
      ...(Number(first) <= 31 && Number(second) <= 12 ? [dayFirst] : []),
      ...(Number(first) <= 12 && Number(second) <= 31 ? [monthFirst] : []),
      ...(isYear ? [yearFirst] : []),
    ];
  }
  const word = /^(\d{1,2})([-\s./]?)\p{L}{3,5}\.?\2(\d{2})(?!\d)(.*)$/su.exec(text);
  if (word) {
    const clock = clockFormat(word[4]!);
    return clock === undefined ? [] : [`%d${word[2]}%b${word[2]}%y${clock}`];
  }
  const month = /^(\p{L}{3,10})\.?([-\s./']*)\d{2}$/u.exec(text);
  if (month) return [`%${month[1]!.length > 5 ? 'B' : 'b'}${month[2]}%y`];
  const rounded = /^(\d{4})(\d\d)?(\d\d)?\.0+$/.exec(text);
  // `2015.0000` is a year with its fraction, of which others have more.
  if (rounded && /^(\d{6,}\.0+|\d{4}\.0)$/.test(text)) return [`%Y${rounded[2] ? '%m' : ''}${rounded[3] ? '%d' : ''}`];
  const quarter = /^([qQ])[1-4]([-\s./']*)\d{2}$/.exec(text);
  if (quarter) return [`${quarter[1]}%q${quarter[2]}%y`];
  const ahead = /^[1-4]([qQ])([-\s./']*)(\d{4}|\d{2})$/.exec(text);
  if (ahead) return [`%q${ahead[1]}${ahead[2]}${ahead[3]!.length === 4 ? '%Y' : '%y'}`];
  const fiscal = /^([FC]Y[-\s]?)(\d{4}|\d{2})(?:([-\s]?Q)[1-4])?$/i.exec(text);
  if (fiscal) return [`${fiscal[1]}${fiscal[2]!.length === 4 ? '%Y' : '%y'}${fiscal[3] ? `${fiscal[3]}%q` : ''}`];
  const numbers = /^(\d{1,2})([./-])(\d{4})$/.exec(text);
  if (numbers && Number(numbers[1]) <= 12) return [`%m${numbers[2]}%Y`];
  const known = otherForms.filter((format) => !Number.isNaN(compileTimeFormat(format).parse(text)));
  if (known.length > 0) return known;
  const iso = /^\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)(.+)$/s.exec(text);
  const zone = /^\s?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)$/.test(iso?.[2] ?? '') ? iso![2]!.replace(/\S+/, '%z') : undefined;
  const tail = iso === null ? undefined : (zone ?? clockFormat(iso[2]!));
  return tail === undefined ? [] : [`%Y${iso![1]}%m${iso![1]}%d${tail}`];
}

/** Directives for a clock behind a date; undefined when it is none. */
function clockFormat(text: string): string | undefined {
  if (text === '') return '';
  const match =
    /^([,\sT]+)\d{1,2}([:h.])\d\d(\2\d\d)?([.,]\d{1,6})?(?:(\s*)([AaPp]\.?[Mm]\.?))?(?:(\s*)(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?$/.exec(
      text,
    );
  if (!match) return undefined;
  const [all, gap, colon, second, fraction, blank, half, space] = match;
  const zone = /(?:Z|UTC|GMT|[+-]\d\d:?\d\d)$/.test(all) ? `${space ?? ''}%z` : '';
  return [
    gap,
    `${half ? '%I' : '%H'}${colon}%M`,
    second ? `${colon}%S` : '',
    fraction ? `${fraction[0]}%f` : '',
    half ? `${blank}%p` : '',
    zone,
  ].join('');
}
