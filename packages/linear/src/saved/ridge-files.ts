import type { NamedArray, NamedArrays } from '@nt/tensor';
import type { Equations, RidgeEquations } from '../fit/solve-choice.ts';
import { FittedRidge } from '../fitted-ridge.ts';
import { LinearError } from '../linear-error.ts';
import { lagLayout } from '../moments/lag-layout.ts';
import type { RidgeState } from './ridge-state.ts';

/** A fitted linear model as what files hold: JSON, and float64 arrays for safetensors. */
export interface SavedRidge {
  readonly state: RidgeState;
  readonly arrays: NamedArrays;
}

/**
 * What `loadRidge` takes. `shared.weight` is `[input columns, horizon]`, `series.2.weight` that of the third series;
 * `….equations.…`, where they were kept, the normal equations by half-life (`none`: old windows count as new ones).
 */
export function saveRidge({ state, matrices, equations }: FittedRidge): SavedRidge {
  const { horizon } = state.columns;
  const arrays: Record<string, NamedArray> = {};
  const write = (name: string, weights: Float64Array, from: Equations | undefined): void => {
    arrays[`${name}.weight`] = { shape: [weights.length / horizon, horizon], dtype: 'float64', data: weights };
    for (const [halfLife, { size, matrix }] of from ?? []) {
      arrays[`${name}.equations.${halfLife ?? 'none'}`] = { shape: [size, size], dtype: 'float64', data: matrix };
    }
  };
  write('shared', matrices.shared, equations?.shared);
  for (const [id, weights] of matrices.own) {
    write(`series.${state.learned.ids.indexOf(id)}`, weights, equations?.own.get(id));
  }
  return { state, arrays };
}

/**
 * The model that `saveRidge` described; it forecasts the same bits.
 *
 * @throws LinearError `linear/model-file` when something is missing or of another shape
 */
export function loadRidge({ state, arrays }: SavedRidge): FittedRidge {
  if (state?.format !== 'nt-ridge' || state.version !== 1) {
    throw damaged(
      `expected the state of a linear model (format 'nt-ridge', version 1), found format '${state?.format}', version ${state?.version}`,
    );
  }
  const { size } = lagLayout(state.columns);
  const { horizon } = state.columns;
  const read = (name: string, shape: readonly [number, number]): Float64Array => {
    const found = arrays[name];
    if (found?.dtype === 'float64' && found.shape.join() === shape.join()) return Float64Array.from(found.data);
    throw damaged(
      `array '${name}': expected float64 [${shape}], found ${found ? `${found.dtype} [${found.shape}]` : 'none'}`,
    );
  };
  const equationsOf = (name: string): Equations => {
    const prefix = `${name}.equations.`;
    const names = Object.keys(arrays).filter((key) => key.startsWith(prefix));
    return new Map(
      names.map((key) => {
        const halfLife = key.slice(prefix.length);
        return [halfLife === 'none' ? null : Number(halfLife), { size, matrix: read(key, [size, size]) }];
      }),
    );
  };
  const own = Object.keys(state.choice.series).map((id) => [id, `series.${state.learned.ids.indexOf(id)}`] as const);
  const shared = equationsOf('shared');
  const equations: RidgeEquations = { shared, own: new Map(own.map(([id, name]) => [id, equationsOf(name)])) };
  const inputs = size - horizon;
  return new FittedRidge({
    state,
    matrices: {
      shared: read('shared.weight', [inputs, horizon]),
      own: new Map(own.map(([id, name]) => [id, read(`${name}.weight`, [inputs, horizon])])),
    },
    equations: shared.size > 0 ? equations : null,
  });
}

function damaged(reason: string): LinearError {
  return new LinearError('linear/model-file', `loadRidge: ${reason}. Restore the file or fit again.`, {});
}
