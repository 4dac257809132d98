import { LayersError } from '../layers-error.ts';
import type { NetworkSize } from '../network-size.ts';

/** What is taken from a value, and what that is divided by. */
export interface Scale {
  readonly shift: number;
  readonly scale: number;
}

/** Scaling with the same numbers for every window. Covariates without are not scaled. */
export interface OnnxScaling {
  readonly target: Scale;
  /** One for each covariate. */
  readonly historic?: readonly Scale[];
  readonly future?: readonly Scale[];
  readonly static?: readonly Scale[];
}

/** What the file takes, apart from what the network does. */
export interface ExportOnnxOptions {
  /** Whether it has an input `inputMask`, 1 where the input was observed and 0 where not; default false. */
  readonly mask?: boolean;
  /**
   * `none` (default): values as the network saw them in training. `inputs`: raw values, and their `shift` and `scale`
   * `[batch, 1]` as two more inputs. Numbers: raw values, scaled with these.
   */
  readonly scaling?: 'none' | 'inputs' | OnnxScaling;
}

/** @throws LayersError `layers/onnx` */
export function checkOnnxOptions(options: ExportOnnxOptions, size: NetworkSize): ExportOnnxOptions {
  checkKeys('option', options, ['mask', 'scaling']);
  const { mask = false, scaling = 'none' } = options;
  if (typeof mask !== 'boolean') throw wrong('mask: expected true or false', mask);
  if (scaling === 'none') return options;
  if (scaling !== 'inputs') checkScaling(scaling, size);
  return options;
}

function checkScaling(scaling: OnnxScaling, size: NetworkSize): void {
  if (typeof scaling !== 'object' || scaling === null)
    throw wrong("scaling: expected 'none', 'inputs' or { target: { shift, scale } }", scaling);
  checkKeys('option scaling', scaling, ['target', 'historic', 'future', 'static']);
  checkScale('scaling.target', scaling.target);
  for (const kind of ['historic', 'future', 'static'] as const) {
    const scales = scaling[kind];
    if (scales === undefined) continue;
    if (!Array.isArray(scales) || scales.length !== size[kind])
      throw wrong(`scaling.${kind}: expected ${size[kind]} scales, one for each covariate`, scales);
    scales.forEach((scale, i) => void checkScale(`scaling.${kind}[${i}]`, scale));
  }
}

function checkScale(name: string, given: Scale | undefined): void {
  const { shift, scale } = given ?? ({} as Partial<Scale>);
  if (Number.isFinite(shift) && Number.isFinite(scale) && scale !== 0) return;
  throw wrong(`${name}: expected { shift, scale }, finite numbers, scale not 0`, given);
}

function checkKeys(what: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown) throw wrong(`${what} '${unknown}': no such option; there are ${known.join(', ')}`, undefined);
}

function wrong(problem: string, received: unknown): LayersError {
  const found = received === undefined ? '' : `, got ${JSON.stringify(received)}`;
  return new LayersError('layers/onnx', `ONNX export: ${problem}${found}.`, { received });
}
