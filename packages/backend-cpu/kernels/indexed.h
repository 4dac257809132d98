#pragma once
#include "command.h"

void run_gather(const GatherCommand *command, u32 chunk);
void run_segment_sum(const SegmentCommand *command, u32 chunk);
void run_arg(const ArgCommand *command, u32 chunk);
void run_scan(const ScanCommand *command, u32 chunk);
