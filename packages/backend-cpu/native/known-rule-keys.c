// Written by tools/build-known-rules.mjs from known-rules.json; do not edit.
// What each program of kernels/known-rules.c is known by.
#include "known-rule-keys.h"

const char *const nt_known_rules[] = {
    "3;2;1;2;multiplySubtract 7 3 0 1;- 5 7 2 7;multiplyAdd 6 4 5 2",
    "3;2;0;2;multiplyAdd 5 3 2 0;multiplySubtract 6 4 5 1",
    "3;3;1;2;* 6 3 2 3;multiplyAdd 7 4 0 6;multiplySubtract 8 5 7 1",
    "4;4;1;3;* 8 4 2 4;multiplyAdd 9 5 0 8;multiplySubtract 11 6 9 1;- 8 11 3 11;multiplyAdd 10 7 8 3",
    "4;5;2;3;- 9 0 2 0;multiplyAdd 11 4 9 2;* 9 5 3 5;* 10 0 0 0;multiplyAdd 12 6 10 9;sqrt 9 12 12 12;+ 9 9 7 9;/ 9 11 9 11;multiplySubtract 13 8 9 1",
    "4;6;2;3;* 10 4 0 4;- 11 10 2 10;multiplyAdd 12 5 11 2;* 11 6 3 6;* 10 10 10 10;multiplyAdd 13 7 10 11;sqrt 11 13 13 13;+ 11 11 8 11;/ 11 12 11 12;multiplySubtract 14 9 11 1",
    "5;7;2;4;* 12 5 0 5;- 13 12 2 12;multiplyAdd 14 6 13 2;* 13 7 3 7;* 12 12 12 12;multiplyAdd 15 8 12 13;sqrt 13 15 15 15;+ 13 13 9 13;/ 13 14 13 14;multiplySubtract 17 10 13 1;- 13 17 4 17;multiplyAdd 16 11 13 4",
    "4;6;2;3;- 10 0 2 0;multiplyAdd 12 4 10 2;* 10 5 3 5;* 11 0 0 0;multiplyAdd 13 6 11 10;sqrt 10 13 13 13;+ 10 10 7 10;/ 10 12 10 12;* 11 1 8 1;multiplySubtract 14 9 10 11",
    "4;7;2;3;* 11 4 0 4;- 12 11 2 11;multiplyAdd 13 5 12 2;* 12 6 3 6;* 11 11 11 11;multiplyAdd 14 7 11 12;sqrt 12 14 14 14;+ 12 12 8 12;/ 12 13 12 13;* 11 1 9 1;multiplySubtract 15 10 12 11",
    "5;8;2;4;* 13 5 0 5;- 14 13 2 13;multiplyAdd 15 6 14 2;* 14 7 3 7;* 13 13 13 13;multiplyAdd 16 8 13 14;sqrt 14 16 16 16;+ 14 14 9 14;/ 14 15 14 15;* 13 1 10 1;multiplySubtract 18 11 14 13;- 13 18 4 18;multiplyAdd 17 12 13 4",
};
const u32 nt_known_rule_count = 10;
