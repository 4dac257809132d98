import { randomUUID } from 'node:crypto';
import type { Job as BullMqJob, Worker as BullMqWorker } from 'bullmq';
import { checkJob } from '../job.ts';
import { givenUp, type JobQueue, type JobStatus, type QueueOptions, usualLease } from '../job-queue.ts';
import type { Json } from '../json.ts';
import { bullmqDelivery } from './bullmq-delivery.ts';
import { isChangedMeanwhile, lookingAnew } from './changed-meanwhile.ts';
import { connect, withoutPassword } from './connect.ts';
import type { JobData } from './job-data.ts';
import { patiently } from './patiently.ts';

/** What a server is told. */
export interface ServerOptions extends QueueOptions {
  /** Queues of different names on one server do not see each other; default `nt`. */
  readonly name?: string;
  /** Milliseconds until a server that does not answer counts as gone; default 600 000, 15 000 for the first answer. */
  readonly patience?: number;
}

/** Seconds that results are kept when nobody comes for them. */
const kept = 14 * 24 * 3600;
/** BullMQ's own limit on lost workers is not used: all attempts are counted in one place, `take`. */
const unlimited = 1_000_000;

/**
 * A queue on a Redis (`redis://`, `rediss://`) or PostgreSQL (`postgres://`) server, by BullMQ 6.
 *
 * @throws JobsError `jobs/not-installed`, `jobs/unreachable`
 */
export async function bullmqQueue(address: string, options: ServerOptions = {}): Promise<JobQueue> {
  const { lease = usualLease, name = 'nt', patience = 600_000 } = options;
  const server = withoutPassword(address);
  const connected = await connect(address);
  const { Queue, Worker, UnrecoverableError, connection } = connected;
  const atFirst = patiently(server, Math.min(patience, 15_000));
  const queue = await atFirst(connected.prepare).then(
    () => new Queue<JobData>(name, { connection }),
    async (error) => {
      await connected.close();
      throw error;
    },
  );
  queue.on('error', () => {}); // each call tells its own
  await atFirst(() => queue.waitUntilReady()).catch(async (error) => {
    await queue.close().catch(() => {});
    throw error;
  });
  const safely = patiently(server, patience);
  /** A change of a job that others can change, take or forget between the look at it and the change. */
  const change = (work: () => Promise<void>): Promise<void> => safely(() => lookingAnew(work));
  let worker: BullMqWorker<JobData> | undefined;
  /** Made when the first job is asked for: a client needs none. */
  const takers = async (): Promise<BullMqWorker<JobData>> => {
    if (worker) return worker;
    const settings = { lockDuration: lease, stalledInterval: Math.ceil(lease / 2), maxStalledCount: unlimited };
    worker = new Worker<JobData>(name, null, { connection, autorun: false, ...settings });
    worker.on('error', () => {});
    await worker.waitUntilReady();
    await worker.startStalledCheckTimer();
    return worker;
  };
  return {
    submit: (job, { attempts }) =>
      change(async () => {
        const fresh: JobData = { job: JSON.stringify(job), attempts, released: 0 };
        const there = await queue.getJob(job.id);
        const { cancelled, ...data } = there?.data ?? fresh;
        if (there && cancelled !== undefined) await there.updateData(data);
        if (there && (await there.isFailed())) await there.remove();
        const ending = { removeOnComplete: { age: kept }, removeOnFail: { age: kept }, stackTraceLimit: 1 };
        await queue.add(job.type, fresh, { jobId: job.id, attempts: unlimited, ...ending });
      }),
    look: (id) =>
      safely(async () => {
        // The state first: what is read after it is at least as new.
        const state = await queue.getJobState(id);
        return statusOf(state, await queue.getJob(id));
      }),
    take: (who) =>
      safely(async () => {
        const from = await takers();
        for (;;) {
          const token = `${who} ${randomUUID()}`;
          const found = await from.getNextJob(token, { block: false });
          if (!found) return null;
          const { attempts = 1, job: said, released = 0, cancelled } = (found.data ?? {}) as Partial<JobData>;
          const attempt = found.attemptsStarted - released;
          const refuse = (reason: string) =>
            found.moveToFailed(new UnrecoverableError(reason), token, false).catch((error) => {
              if (!isChangedMeanwhile(error)) throw error;
            });
          if (cancelled !== undefined || attempt > attempts) {
            await refuse(cancelled ?? givenUp(attempts, found.failedReason));
            continue;
          }
          try {
            const job = checkJob(JSON.parse(said ?? 'null'), found.id!);
            const reload = () => queue.getJob(found.id!);
            return bullmqDelivery({ job, found, token, attempt, lease, safely, reload, UnrecoverableError });
          } catch (error) {
            await refuse((error as Error).message);
          }
        }
      }),
    cancel: (id, reason) =>
      change(async () => {
        const there = await queue.getJob(id);
        const isOver = there && ['completed', 'failed'].includes(await there.getState());
        if (there && !isOver) await there.updateData({ ...there.data, cancelled: reason });
      }),
    remove: (id) =>
      change(async () => {
        const there = await queue.getJob(id);
        if (!there) return;
        if (await there.isActive()) await there.updateData({ ...there.data, cancelled: 'it was removed' });
        else await there.remove();
      }),
    counts: () =>
      safely(async () => {
        const { waiting = 0, active = 0, completed = 0, failed = 0 } = await queue.getJobCounts();
        return { waiting, running: active, done: completed, failed };
      }),
    async close() {
      await worker?.close(true).catch(() => {});
      await queue.close().catch(() => {});
      await connected.close();
    },
  };
}

function statusOf(state: string, job: BullMqJob<JobData> | undefined): JobStatus {
  if (!job || state === 'unknown') return { state: 'absent' };
  if (state === 'completed') {
    const left = job.returnvalue as { text: string } | null;
    // Without a result it was forgotten and submitted again between the two looks: for whoever asks it is not there yet.
    return left ? { state: 'done', result: JSON.parse(left.text) as Json } : { state: 'absent' };
  }
  const { cancelled, released } = job.data;
  if (state === 'failed' || cancelled !== undefined) return { state: 'failed', reason: cancelled ?? job.failedReason };
  if (state !== 'active') return { state: 'waiting' };
  const { attempt, progress = null } = (job.progress || {}) as { attempt?: number; progress?: Json };
  const now = job.attemptsStarted - released;
  return { state: 'running', attempt: now, progress: attempt === now ? progress : null };
}
