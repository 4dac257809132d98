/** The colours of a plot, CSS colours, and its letters. */
export interface Palette {
  /** CSS font families. */
  readonly fonts: string;
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
  /** Null: what lies behind shows. */
  readonly background: string | null;
  readonly known: string;
  readonly forecast: string;
  /** Of lines without a role, in their order. */
  readonly others: readonly string[];
}

/** Of a file that is seen on white. */
export const paper: Palette = {
  fonts: 'Helvetica, Arial, DejaVu Sans, sans-serif',
  text: '#22272e',
  quiet: '#57606a',
  grid: '#e1e4e8',
  background: '#ffffff',
  known: '#1f5fa8',
  forecast: '#c2570c',
  others: ['#1f5fa8', '#c2570c', '#1a7f4e', '#7a4fb5', '#7d6608'],
};

/** Of the page, whose style sheet says what they are by day and by night. */
export const page: Palette = {
  fonts: 'inherit',
  text: 'var(--text)',
  quiet: 'var(--quiet)',
  grid: 'var(--grid)',
  background: null,
  known: 'var(--known)',
  forecast: 'var(--forecast)',
  others: [1, 2, 3, 4, 5].map((number) => `var(--line-${number})`),
};
