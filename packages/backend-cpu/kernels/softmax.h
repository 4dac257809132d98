#pragma once
#include "command.h"
#include "work.h"

void run_softmax(const SoftmaxCommand *command, u32 chunk);
