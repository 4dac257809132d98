#pragma once
#include "command.h"
#include "work.h"

void run_random(const RandomCommand *command, u32 chunk);
