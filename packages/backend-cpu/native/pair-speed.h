#pragma once
#include "instruction-sets.h"

// Whether this processor is quicker at a product of bfloat16 with its instruction than with those of float32. The sums have
// the same bits either way: on Zen 4 the instruction does twice the work in the same time, Intel's cores take four times as
// long for it (they have tiles, AMX, for such products).
u32 pairs_are_quicker(const InstructionSet *set);
