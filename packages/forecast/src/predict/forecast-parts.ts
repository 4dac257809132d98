import type { SeriesSet } from '@nt/data';
import { FittedForecaster, type SeriesParts } from '../fitted-forecaster.ts';
import type { Predictor } from '../predictor.ts';
import { isBlend } from '../recipe/blend-predictor.ts';

/**
 * What the forecast of each series of `set` is the sum of: the parts of a network (`FittedForecaster.decompose`), alone or
 * inside what gives it intervals; of a blend those of its members by their weights, joined by name, with a member that
 * has no parts of its own as one. Null where a predictor cannot say.
 *
 * @throws as `predict`
 */
export async function forecastParts(predictor: Predictor, set: SeriesSet): Promise<readonly SeriesParts[] | null> {
  if (predictor instanceof FittedForecaster) return predictor.decompose(set);
  if (isBlend(predictor)) return blendParts(predictor.members, set);
  const { kind, members = [] } = predictor.saving ?? {};
  // Intervals lie around its points, which they leave as they are.
  return kind === 'conformal' ? forecastParts(members[0]!, set) : null;
}

async function blendParts(
  members: readonly { readonly name: string; readonly weight: number; readonly predictor: Predictor }[],
  set: SeriesSet,
): Promise<readonly SeriesParts[] | null> {
  const found = new Map<string, Map<string, Float64Array>>();
  let known: ReadonlySet<string> = new Set(set.ids);
  for (const { name, weight, predictor } of members) {
    const own = (await forecastParts(predictor, set)) ?? (await whole(name, predictor, set));
    // What one member cannot forecast the blend cannot either.
    const ids = new Set(own.map(({ id }) => id));
    known = new Set([...known].filter((id) => ids.has(id)));
    for (const { id, parts } of own) {
      const sums = found.get(id) ?? new Map<string, Float64Array>();
      found.set(id, sums);
      for (const { name: part, values } of parts) {
        const before = sums.get(part);
        sums.set(
          part,
          values.map((value, step) => (before?.[step] ?? 0) + weight * value),
        );
      }
    }
  }
  return [...found]
    .filter(([id]) => known.has(id))
    .map(([id, sums]) => ({ id, parts: [...sums].map(([name, values]) => ({ name, values })) }));
}

async function whole(name: string, predictor: Predictor, set: SeriesSet): Promise<readonly SeriesParts[]> {
  const { series } = await predictor.predict(set);
  return series.map(({ id, values }) => ({ id, parts: [{ name, values }] }));
}
