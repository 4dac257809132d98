// A native library holds the kernels several times, once for each instruction set: their names end in that of the set
// (NT_SET, given by the build). WASM has one set to a module and needs none of this.
#pragma once

#if defined(NT_SET)
#define JOIN_EXPANDED(name, set) name##_##set
#define JOIN(name, set) JOIN_EXPANDED(name, set)
#define OF_SET(name) JOIN(name, NT_SET)

#define nt_run OF_SET(nt_run)
#define nt_work OF_SET(nt_work)
#define run_gemm OF_SET(run_gemm)
#define run_thin OF_SET(run_thin)
#define run_rule OF_SET(run_rule)
#define run_generated OF_SET(run_generated)
#define run_copy OF_SET(run_copy)
#define run_fill OF_SET(run_fill)
#define run_write OF_SET(run_write)
#define run_reduce OF_SET(run_reduce)
#define run_squares OF_SET(run_squares)
#define run_pool OF_SET(run_pool)
#define run_pool_grad OF_SET(run_pool_grad)
#define run_softmax OF_SET(run_softmax)
#define run_random OF_SET(run_random)
#define run_im2col OF_SET(run_im2col)
#define run_col2im OF_SET(run_col2im)
#define run_pool2d OF_SET(run_pool2d)
#define run_pool2d_grad OF_SET(run_pool2d_grad)
#define run_gather OF_SET(run_gather)
#define run_segment_sum OF_SET(run_segment_sum)
#define run_arg OF_SET(run_arg)
#define run_scan OF_SET(run_scan)
#define run_integer OF_SET(run_integer)
#define run_integer_reduce OF_SET(run_integer_reduce)
#define run_depthwise OF_SET(run_depthwise)
#define run_depthwise_input OF_SET(run_depthwise_input)
#define run_depthwise_filter OF_SET(run_depthwise_filter)
#endif
