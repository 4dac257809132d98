#pragma once
#include "command.h"

void run_copy(const CopyCommand *command, u32 chunk);
