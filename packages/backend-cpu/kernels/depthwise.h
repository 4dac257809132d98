#pragma once
#include "command.h"
#include "work.h"

void run_depthwise(const DepthwiseCommand *command, u32 chunk);
void run_depthwise_input(const DepthwiseCommand *command, u32 chunk);
void run_depthwise_filter(const DepthwiseCommand *command, u32 chunk, Workspace *work);
