import { registerCpuEngine } from './engine/register-cpu-engine.ts';

registerCpuEngine();
