// All that computes. Without `port`, it speaks with the page that started it.
import { createCpuBackend } from '@nt/backend-cpu';
import { serveForecaster } from '@nt/forecast/worker';

serveForecaster({ createEngine: async () => ({ backend: await createCpuBackend(), reason: 'the only one here' }) });
