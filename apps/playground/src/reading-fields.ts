import type { ReadOptions } from '@nt/forecast/worker';
import { byId, element } from './dom.ts';
import { type ReadingField, readingFields, valueText } from './reading-options.ts';

const fieldId = (option: string): string => `reading-${option}`;

/** Puts the person into the field of an option. */
export function ask(option: string): void {
  byId<HTMLDetailsElement>('reading').open = true;
  byId(fieldId(option)).focus();
}

/** Makes the fields for the reader's options; `onChange` hears every change. */
export function readingForm(onChange: (option: keyof ReadOptions, value: unknown) => void): {
  /** Shows options that came from elsewhere, a button for instance. */
  show(options: ReadOptions): void;
} {
  const inputs = new Map<ReadingField, HTMLInputElement | HTMLSelectElement>();
  const place = byId('reading-fields');
  for (const field of readingFields) {
    const { option, title, choices, example = '' } = field;
    const input = choices
      ? element('select', {}, element('option', { value: '' }, 'as found'), ...choices.map(choice))
      : element('input', { type: 'text', placeholder: example, autocomplete: 'off', spellcheck: 'false' });
    input.id = fieldId(option);
    input.addEventListener('change', () => onChange(option, meant(field, input.value)));
    inputs.set(field, input);
    place.append(element('label', {}, `${title} `, input));
  }
  return {
    show(options) {
      for (const [{ option }, input] of inputs) input.value = String(options[option] ?? '');
    },
  };
}

const choice = (value: string | boolean): HTMLOptionElement =>
  element('option', { value: String(value) }, valueText(value));

/** What a field says; undefined: nothing. */
function meant({ kind, choices }: ReadingField, text: string): unknown {
  if (text === '') return undefined;
  if (choices) return choices.find((value) => String(value) === text);
  if (kind === 'list') return text.split(',').map((name) => name.trim());
  return kind === 'number' ? Number(text) : text;
}
