// Runs an elementwise rule tile by tile: every instruction works on 512 elements that stay in the first-level cache, so
// each input is read from memory once and each output written once, however long the rule is.
#include "rule.h"

#include "rule-gather.h"
#include "rule-step.h"

#define MAX_REGISTERS 256  // Workspace.tiles holds as many

typedef struct {
  const RuleCommand *command;
  const RuleInput *inputs;
  const f32 *constants;
  const RuleOutput *outputs;
  const RuleStep *steps;
  f32 *tiles;
  Register registers[MAX_REGISTERS];
} Run;

static f32 *own_tile(const Run *run, u32 index) { return run->tiles + index * TILE; }

static void fill(f32 *to, f32 value, u32 count) {
  for (u32 i = 0; i < count; i++) to[i] = value;
}

static void open_run(Run *run, const RuleCommand *command, Workspace *work) {
  run->command = command;
  run->inputs = (const RuleInput *)(command + 1);
  run->constants = (const f32 *)(run->inputs + command->inputs);
  run->outputs = (const RuleOutput *)(run->constants + command->constants);
  run->steps = (const RuleStep *)(run->outputs + command->outputs);
  run->tiles = work->tiles;
  const u32 registers = command->inputs + command->constants + command->temporaries + command->outputs;
  for (u32 i = 0; i < registers; i++) run->registers[i] = (Register){own_tile(run, i), ~0u};
  for (u32 i = 0; i < command->inputs + command->constants; i++) {
    const u32 constant = i >= command->inputs;
    if (!constant && run->inputs[i].layout != SCALAR) continue;
    const f32 value = constant ? run->constants[i - command->inputs] : read_element(&run->inputs[i], 0);
    fill(own_tile(run, i), value, STRIDE);
    run->registers[i].mask = 0;
  }
}

// Points each input at memory where it can be read in place, else copies it into its tile.
static void open_inputs(Run *run, u32 start, u32 count) {
  for (u32 i = 0; i < run->command->inputs; i++) {
    const RuleInput *input = &run->inputs[i];
    if (input->layout == SCALAR) continue;
    const u32 in_place = input->layout == DENSE && input->type == FLOAT && count % STRIDE == 0;
    run->registers[i].values = in_place ? HEAP(f32, input->offset) + start : own_tile(run, i);
    if (!in_place) gather(own_tile(run, i), input, run->command, start, count);
  }
}

static u32 first_output(const Run *run) { return run->command->inputs + run->command->constants + run->command->temporaries; }

static u32 is_written_in_place(const RuleOutput *output, u32 count) { return output->type == FLOAT && count % STRIDE == 0; }

static void open_outputs(Run *run, u32 start, u32 count) {
  for (u32 i = 0; i < run->command->outputs; i++) {
    const RuleOutput *output = &run->outputs[i];
    const u32 index = first_output(run) + i;
    run->registers[index].values =
        is_written_in_place(output, count) ? HEAP(f32, output->offset) + start : own_tile(run, index);
  }
}

static void close_outputs(Run *run, u32 start, u32 count) {
  for (u32 i = 0; i < run->command->outputs; i++) {
    const RuleOutput *output = &run->outputs[i];
    if (!is_written_in_place(output, count)) scatter(output, own_tile(run, first_output(run) + i), start, count);
  }
}

// Asks for the next tile's inputs while this one is computed: the pauses of divisions and roots are long enough.
static void prefetch_tile(const Run *run, u32 start) {
  for (u32 i = 0; i < run->command->inputs; i++) {
    const RuleInput *input = &run->inputs[i];
    if (input->layout != DENSE || input->type != FLOAT) continue;
    for (u32 at = 0; at < TILE; at += 16) PREFETCH(HEAP(f32, input->offset) + start + at);
  }
}

static void run_tile(Run *run, u32 start, u32 count) {
  open_inputs(run, start, count);
  open_outputs(run, start, count);
  const u32 rounded = ceil_div(count, STRIDE) * STRIDE;
  for (u32 i = 0; i < run->command->steps; i++) {
    const RuleStep *step = &run->steps[i];
    const Register *r = run->registers;
    run_step(step->operation, rounded, r[step->result].values, r[step->a], r[step->b], r[step->c]);
  }
  close_outputs(run, start, count);
}

void run_rule(const RuleCommand *command, u32 chunk, Workspace *work) {
  Run run;
  open_run(&run, command, work);
  const u32 tiles = ceil_div(command->count, TILE);
  const u32 end = part_start(chunk + 1, tiles, command->header.chunks);
  for (u32 tile = part_start(chunk, tiles, command->header.chunks); tile < end; tile++)
  {
    if (tile + 1 < end) prefetch_tile(&run, (tile + 1) * TILE);
    run_tile(&run, tile * TILE, smaller(TILE, command->count - tile * TILE));
  }
}
