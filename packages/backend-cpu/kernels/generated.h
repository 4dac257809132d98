#pragma once
#include "command.h"

void run_generated(const GeneratedCommand *command, u32 chunk);
