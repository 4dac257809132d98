import { availableParallelism, cpus } from 'node:os';
import type { SeriesSet } from '@nt/data';
import type { Report } from '@nt/report';
import type { BackendDescription } from '@nt/tensor';
import manifest from '../../package.json' with { type: 'json' };
import { shellText } from '../options/shell-text.ts';
import { kernelsOf } from '../output/plan-lines.ts';

/** What every report of the command tells: the data, what computed, what was typed. */
export function reportBase(
  set: SeriesSet,
  engine: BackendDescription,
): Pick<Report, 'created' | 'target' | 'times' | 'data' | 'environment' | 'command'> {
  return {
    created: `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    target: set.target,
    times: { frequency: set.frequency, timeForm: set.timeForm },
    data: set.report,
    environment: {
      nt: manifest.version,
      Node: process.version,
      System: `${process.platform} ${process.arch}`,
      Processor: `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} used`,
      Engine: engine.engine,
      Kernels: `${kernelsOf(engine)}${engine.threads === undefined ? '' : `, ${engine.threads === 1 ? 'one thread' : `${engine.threads} threads`}`}`,
    },
    command: ['nt', ...process.argv.slice(2)].map((word) => shellText(word)).join(' '),
  };
}
