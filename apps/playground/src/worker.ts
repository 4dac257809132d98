import { serveForecaster } from '@nt/forecast/worker';
import { chooseEngine } from './choose-engine.ts';
import { openModel, zipModel } from './model-zip.ts';
import { plot, report, walk } from './report-methods.ts';

// All of the worker: files, training and forecasts are the package's; what is made of them for the page is its own.
serveForecaster({ createEngine: chooseEngine, methods: { openModel, zipModel, plot, report, walk } });
