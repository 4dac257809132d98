import { describe, expect, it } from 'vitest';
import { type CadencePosition, isDue, resolveCadence } from '../src/checkpoint/checkpoint-cadence.ts';
import { checkpointNames, nextCheckpointName } from '../src/checkpoint/checkpoint-name.ts';
import type { CheckpointOptions } from '../src/index.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';

const minute = 60_000;
type Cadence = Omit<CheckpointOptions, 'storage'>;
const due = (options: Cadence, at: Partial<CadencePosition>): boolean =>
  isDue(resolveCadence({ storage: memoryStorage(), ...options }), {
    update: 7,
    epoch: 3,
    epochEnded: false,
    millisecondsSinceSaved: 0,
    saveMilliseconds: 0,
    ...at,
  });

describe('when a checkpoint is due', () => {
  it.each<[what: string, options: Cadence, at: Partial<CadencePosition>, expected: boolean]>([
    ['every 5 updates, at 10', { everyUpdates: 5 }, { update: 10 }, true],
    ['every 5 updates, at 11', { everyUpdates: 5 }, { update: 11 }, false],
    ['every 5 updates, however long ago', { everyUpdates: 5 }, { update: 11, millisecondsSinceSaved: 1e9 }, false],
    ['every 2 epochs, at the end of the fourth', { everyEpochs: 2 }, { epoch: 4, epochEnded: true }, true],
    ['every 2 epochs, at the end of the fifth', { everyEpochs: 2 }, { epoch: 5, epochEnded: true }, false],
    ['every 2 epochs, in the middle of the fifth', { everyEpochs: 2 }, { epoch: 4 }, false],
    ['every 2 epochs, however long ago', { everyEpochs: 2 }, { epoch: 5, millisecondsSinceSaved: 1e9 }, false],
    ['every 3 minutes, just before', { everyMinutes: 3 }, { millisecondsSinceSaved: 3 * minute - 1 }, false],
    ['every 3 minutes, on the dot', { everyMinutes: 3 }, { millisecondsSinceSaved: 3 * minute }, true],
    // Nothing named: 5 % of the time, but not below 10 seconds and not above 10 minutes.
    ['by default, after 10 seconds', {}, { millisecondsSinceSaved: 10_000 }, true],
    ['by default, before 10 seconds', {}, { millisecondsSinceSaved: 9999 }, false],
    [
      'by default, a save of 2 s: not after 39 s',
      {},
      { saveMilliseconds: 2000, millisecondsSinceSaved: 39_999 },
      false,
    ],
    ['by default, a save of 2 s: after 40 s', {}, { saveMilliseconds: 2000, millisecondsSinceSaved: 40_000 }, true],
    [
      'by default, a save of 2 min: after 10 min',
      {},
      { saveMilliseconds: 2 * minute, millisecondsSinceSaved: 10 * minute },
      true,
    ],
    [
      'by default, a save of 2 min: not before',
      {},
      { saveMilliseconds: 2 * minute, millisecondsSinceSaved: 10 * minute - 1 },
      false,
    ],
    [
      'a share beside updates: after its time too',
      { everyUpdates: 5, maxTimeShare: 0.1 },
      { millisecondsSinceSaved: 10_000 },
      true,
    ],
    [
      'a share beside minutes: these are the latest',
      { everyMinutes: 1, maxTimeShare: 0.01 },
      { saveMilliseconds: minute, millisecondsSinceSaved: minute },
      true,
    ],
  ])('%s', (_, options, at, expected) => {
    expect(due(options, at)).toBe(expected);
  });

  it.each<[Cadence, boolean]>([
    [{}, false],
    [{ maxTimeShare: 0.2 }, false],
    [{ maxTimeShare: 0.2, best: true }, true],
    [{ everyUpdates: 5 }, true],
    [{ everyEpochs: 1 }, true],
    [{ everyMinutes: 1 }, true],
    [{ everyEpochs: 1, best: false }, false],
  ])('a checkpoint for each best check with %j: %s', (options, expected) => {
    expect(resolveCadence({ storage: memoryStorage(), ...options }).everyBest).toBe(expected);
  });
});

describe('names of checkpoints', () => {
  const entries = [
    '1000000-update-9',
    'notes',
    '000002-update-10',
    'x000009-update-1',
    '000003-update-5.tmp',
    '000001-update-20',
  ];

  it('are ordered by their running number, also beyond six digits, and others are left alone', () => {
    expect(checkpointNames(entries)).toEqual(['000001-update-20', '000002-update-10', '1000000-update-9']);
  });

  it('count on from the highest of our making', () => {
    expect(nextCheckpointName(entries, 7)).toBe('1000001-update-7');
    expect(nextCheckpointName(['x000009-update-1', '000003-update-5.tmp'], 7)).toBe('000001-update-7');
  });
});
