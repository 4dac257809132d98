#pragma once
#include "instruction-sets.h"

// Runs kernels of the set and compares with plain loops. Meant for a process of its own: a binary that does not fit the
// machine may end it.
u32 passes_self_test(const InstructionSet *set);
