import {
  badRowPolicies,
  decimalSigns,
  duplicatePolicies,
  gapPolicies,
  missingPolicies,
  nonFinitePolicies,
  thousandsSigns,
} from '@nt/data';
import type { ReadOptions } from '@nt/forecast/worker';
import { byId, element } from './dom.ts';

interface Field {
  readonly option: keyof ReadOptions;
  readonly title: string;
  /** Values to choose from; absent: a text. */
  readonly choices?: readonly string[];
  readonly example?: string;
  readonly isList?: boolean;
}

const fields: readonly Field[] = [
  { option: 'target', title: 'Target column', example: 'found' },
  { option: 'time', title: 'Time column', example: 'found' },
  { option: 'id', title: 'Column of series names', example: 'none' },
  { option: 'timeFormat', title: 'Order of a date', example: '%d/%m/%Y' },
  { option: 'timezone', title: 'Time zone', example: 'Europe/Berlin' },
  { option: 'frequency', title: 'Frequency', example: 'found' },
  { option: 'decimal', title: 'Decimal sign', choices: decimalSigns },
  { option: 'thousands', title: 'Sign of thousands', choices: thousandsSigns },
  { option: 'gaps', title: 'Missing time steps', choices: gapPolicies },
  { option: 'missing', title: 'Empty cells', choices: missingPolicies },
  { option: 'duplicates', title: 'Rows with the same time', choices: duplicatePolicies },
  { option: 'nonFinite', title: 'Infinite numbers', choices: nonFinitePolicies },
  { option: 'badRows', title: 'Rows that cannot be read', choices: badRowPolicies },
  { option: 'nullValues', title: 'Texts for "no value"', example: '#N/A', isList: true },
];

const fieldId = (option: string): string => `reading-${option}`;

/** Whether the form asks for an option. */
export const hasField = (option: string): boolean => fields.some((field) => field.option === option);

/** Puts the person into the field of an option. */
export function ask(option: string): void {
  byId<HTMLDetailsElement>('reading').open = true;
  byId(fieldId(option)).focus();
}

/** Fields for the reader's options; `onChange` hears every change. */
export function readingFields(onChange: (option: keyof ReadOptions, value: unknown) => void): {
  /** Shows options that came from elsewhere, a button for instance. */
  show(options: ReadOptions): void;
} {
  const inputs = new Map<string, HTMLInputElement | HTMLSelectElement>();
  const place = byId('reading-fields');
  for (const { option, title, choices, example = '', isList } of fields) {
    const input = choices
      ? element('select', {}, element('option', { value: '' }, 'as found'), ...choices.map(choice))
      : element('input', { type: 'text', placeholder: example, autocomplete: 'off', spellcheck: 'false' });
    input.id = fieldId(option);
    input.addEventListener('change', () => {
      const text = input.value;
      onChange(option, text === '' ? undefined : isList ? text.split(',') : text);
    });
    inputs.set(option, input);
    place.append(element('label', {}, `${title} `, input));
  }
  return {
    show(options) {
      for (const [option, input] of inputs) input.value = String(options[option as keyof ReadOptions] ?? '');
    },
  };
}

const names: Readonly<Record<string, string>> = { ' ': 'blank', "'": 'apostrophe' };
const choice = (value: string): HTMLOptionElement => element('option', { value }, names[value] ?? value);
