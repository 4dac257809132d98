export { abortOnSignals, type SignalWatch } from './abort-on-signals.ts';
export { type FileSinkOptions, fileSink } from './file-sink.ts';
export { type RenameHost, renameOver } from './rename-over.ts';
