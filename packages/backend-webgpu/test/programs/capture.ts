import {
  observeCapture,
  observeCaptureFailures,
  observeManyCalls,
  observeMovedResults,
  observeReads,
} from '../observe-capture.ts';

const result = {
  cases: await observeCapture(),
  moved: await observeMovedResults(),
  many: await observeManyCalls(),
  reads: await observeReads(),
  failures: await observeCaptureFailures(),
};
console.log(JSON.stringify(result));
