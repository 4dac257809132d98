import type { ForecastReport } from '@nt/forecast/worker';

/** A cell of CSV. A spreadsheet runs what begins like a formula: names from a file get an apostrophe. */
const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** An end of an interval. */
interface Edge {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

/** `ds,<target>` with the ends of the intervals behind it, as `nt forecast` writes it; `unique_id` where there are several series. */
export function forecastCsv({ series }: ForecastReport, target: string, hasIds: boolean): string {
  // From the lowest quantile to the highest; levels come with the narrow ones first.
  const edges = ({ intervals }: ForecastReport['series'][number]): readonly Edge[] => [
    ...intervals.map(({ level, lower }) => ({ name: `${target}-lo-${level}`, values: lower })).reverse(),
    ...intervals.map(({ level, upper }) => ({ name: `${target}-hi-${level}`, values: upper })),
  ];
  const names = series[0] ? edges(series[0]).map(({ name }) => name) : [];
  const rows = series.flatMap((one) =>
    one.labels.map((label, step) =>
      [
        ...(hasIds ? [cell(one.id)] : []),
        cell(label),
        ...[one.values, ...edges(one).map(({ values }) => values)].map((column) => String(column[step])),
      ].join(','),
    ),
  );
  const head = [...(hasIds ? ['unique_id'] : []), 'ds', target, ...names];
  return `${[head.map(cell).join(','), ...rows].join('\n')}\n`;
}

/** Pixels for one of the picture: sharp on the screens of today, and in print. */
const zoom = 2;

/** An SVG picture as PNG. */
export async function pngOf(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = zoom * image.naturalWidth;
    canvas.height = zoom * image.naturalHeight;
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('This browser makes no PNG.'))), 'image/png');
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
