#pragma once
#include "command.h"

enum { SUM, MAX, MIN, PRODUCT };

void run_reduce(const ReduceCommand *command, u32 chunk);
void run_squares(const SquaresCommand *command, u32 chunk);
