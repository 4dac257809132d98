import type { BlendEvent } from '@nt/forecast';
import { short } from './numbers.ts';
import type { Terminal } from './terminal.ts';
import { networksProgress, type ProgressPlace } from './training-progress.ts';

/** Shows a blend being made: which member of how many, and the training of each network. */
export async function recipeProgress(terminal: Terminal, maxUpdates: number): Promise<(event: BlendEvent) => void> {
  const networkAt = await networksProgress(terminal);
  let network = networkAt({ text: '', furtherUpdates: 0 });
  return (event) => {
    if (event.type === 'training') return network(event.event);
    if (event.type === 'member-end') {
      const { name, validation, seconds } = event.report;
      return terminal.line(
        `${name}: validation MSE ${short(validation.mse)}, MAE ${short(validation.mae)} (${seconds.toFixed(1)} s)`,
      );
    }
    if (event.type === 'refit-end')
      return terminal.line(`${event.name}: fitted again on the validation part too (${event.seconds.toFixed(1)} s)`);
    const { member, index, count } = event;
    const what = event.type === 'refit-start' ? `${member}, again` : member;
    const of = count === null ? '' : ` of ${count}`;
    const place: ProgressPlace = {
      text: `${index + 1}${of}, ${what}`,
      furtherUpdates: count === null ? 0 : (count - index - 1) * maxUpdates,
    };
    network = networkAt(place);
  };
}
