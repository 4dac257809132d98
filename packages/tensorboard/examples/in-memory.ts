import { createEventWriter, createMemorySink, TensorboardError } from '@nt/tensorboard';

const sink = createMemorySink();
const writer = createEventWriter({ sink, clock: () => 1_700_000_000_000 });
writer.log({ loss: 0.5 }, { update: 10 });
console.log(sink.bytes().length);

try {
  writer.log({ loss: 0.4 }, { update: 10.5 });
} catch (error) {
  if (TensorboardError.isInstance(error)) console.log(error.code);
}
//> 82
//> tensorboard/invalid-update
