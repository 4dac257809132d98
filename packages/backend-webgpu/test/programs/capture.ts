import { observeCapture, observeCaptureFailures, observeReads } from '../observe-capture.ts';

const [cases, reads, failures] = [await observeCapture(), await observeReads(), await observeCaptureFailures()];
console.log(JSON.stringify({ cases, reads, failures }));
