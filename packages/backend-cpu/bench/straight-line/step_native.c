// The straight-line step as a native program. Speaks the protocol of ../answer-lines.ts.
// Usage: step_native THREADS BATCH, at most 4 threads.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "step.h"

static Net net;
static Bar turn;
static int threads, updates, going;

static double milliseconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * 1e3 + now.tv_nsec * 1e-6;
}

static void *follow(void *number) {
  for (;;) {
    barrier(threads, &turn);
    if (!going) return 0;
    train_step((int)(intptr_t)number, threads, &net, updates);
  }
}

static void next_update(void) {
  updates++;
  barrier(threads, &turn);
  train_step(0, threads, &net, updates);
}

/* The other threads live only while updates run: they would otherwise take time from the competitors. */
static void run(double duration) {
  pthread_t others[4];
  going = 1;
  for (int t = 1; t < threads; t++) pthread_create(&others[t], 0, follow, (void *)(intptr_t)t);
  double until = milliseconds(CLOCK_MONOTONIC) + duration;
  const char *separator = "[";
  do {
    double cpu = milliseconds(CLOCK_PROCESS_CPUTIME_ID), start = milliseconds(CLOCK_MONOTONIC);
    next_update();
    double wall = milliseconds(CLOCK_MONOTONIC) - start;
    printf("%s{\"milliseconds\":%f,\"cpu\":%f}", separator, wall, milliseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
    separator = ",";
  } while (milliseconds(CLOCK_MONOTONIC) < until);
  puts("]");
  going = 0;
  barrier(threads, &turn);
  for (int t = 1; t < threads; t++) pthread_join(others[t], 0);
}

int main(int count, char **words) {
  if (count != 3 || (threads = atoi(words[1])) < 1 || threads > 4) return 2;
  char line[64];
  net_init(&net, atoi(words[2]), aligned_alloc(1 << 21, 512 << 20));
  net_fill(&net);
  setvbuf(stdout, 0, _IOFBF, 1 << 20);
  printf("ready {\"kernelSet\":\"%d-bit vectors\",\"losses\":[", VL * 32);
  int all = threads;
  threads = 1;
  for (int i = 0; i < 3; i++) {
    next_update();
    printf(i ? ",%.9g" : "%.9g", net.loss);
  }
  threads = all;
  puts("]}");
  fflush(stdout);
  while (fgets(line, sizeof line, stdin)) {
    run(atof(line));
    fflush(stdout);
  }
  return 0;
}
