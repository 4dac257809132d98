// Neighbours in memory as two vectors, the first of each pair and the second, and back.
#pragma once
#include "vector.h"

#if LANES == 16
#define FIRSTS 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30
#define SECONDS 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31
#define LOW_PAIRS 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define HIGH_PAIRS 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#elif LANES == 8
#define FIRSTS 0, 2, 4, 6, 8, 10, 12, 14
#define SECONDS 1, 3, 5, 7, 9, 11, 13, 15
#define LOW_PAIRS 0, 8, 1, 9, 2, 10, 3, 11
#define HIGH_PAIRS 4, 12, 5, 13, 6, 14, 7, 15
#else
#define FIRSTS 0, 2, 4, 6
#define SECONDS 1, 3, 5, 7
#define LOW_PAIRS 0, 4, 1, 5
#define HIGH_PAIRS 2, 6, 3, 7
#endif

typedef struct {
  vf first, second;
} Pair;

INLINE Pair load_pairs(const f32 *x) {
  const vf low = load(x), high = load(x + LANES);
  return (Pair){__builtin_shufflevector(low, high, FIRSTS), __builtin_shufflevector(low, high, SECONDS)};
}

INLINE void store_pairs(f32 *x, Pair pair) {
  store(x, __builtin_shufflevector(pair.first, pair.second, LOW_PAIRS));
  store(x + LANES, __builtin_shufflevector(pair.first, pair.second, HIGH_PAIRS));
}
