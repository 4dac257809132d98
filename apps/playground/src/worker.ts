import { serveForecaster } from '@nt/forecast/worker';
import { chooseEngine } from './choose-engine.ts';

// All of the worker: files, training and forecasts are the package's.
serveForecaster({ createEngine: chooseEngine });
