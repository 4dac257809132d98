#pragma once
#include "command.h"

void run_copy(const CopyCommand *command, u32 chunk);
void run_fill(const FillCommand *command, u32 chunk);
void run_write(const WriteCommand *command);
