#pragma once
#include "command.h"

void run_pool(const PoolCommand *command, u32 chunk);
void run_pool_grad(const PoolCommand *command, u32 chunk);
