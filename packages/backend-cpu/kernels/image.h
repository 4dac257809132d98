#pragma once
#include "command.h"

void run_im2col(const WindowCommand *command, u32 chunk);
void run_col2im(const WindowCommand *command, u32 chunk);
void run_pool2d(const WindowCommand *command, u32 chunk);
void run_pool2d_grad(const WindowCommand *command, u32 chunk);
