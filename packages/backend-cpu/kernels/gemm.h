#pragma once
#include "command.h"
#include "work.h"

void run_gemm(const GemmCommand *command, u32 chunk, Workspace *work);

// Few rows (inference, one window): packing B would cost more than the product.
static inline u32 is_thin(const GemmCommand *g) { return g->m <= 4 && !g->accumulate && !g->narrow && (g->b_column == 1 || g->k >= 16); }
void run_thin(const GemmCommand *g, u32 group);
