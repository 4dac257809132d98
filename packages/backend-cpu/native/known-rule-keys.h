#pragma once
#include "../kernels/heap.h"

extern const char *const nt_known_rules[];
extern const u32 nt_known_rule_count;
