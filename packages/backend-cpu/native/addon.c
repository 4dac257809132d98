// The kernels as a Node-API addon. JavaScript binds a view of its heap once, then calls with offsets into it: the same
// commands, control block and workspaces as in WASM.
//
//   sets                       names of the instruction sets that run here, fastest first
//   pairSets                   those of them that have an instruction for products of bfloat16
//   rules                      keys of the elementwise programs that are compiled ahead
//   commands                   how many kinds of commands it knows, one more than the last one's number
//   workspaceBytes             size of one thread's workspace
//   bind(view, set, reserved)  → { run(command, workspace), work(control, workspace, backlog) }; the memory may grow to `reserved` bytes
//   selfTest(set)              → true when the set computes what plain loops do
#define NAPI_VERSION 8
#include <node_api.h>
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "../kernels/command.h"
#include "../kernels/work.h"
#include "instruction-sets.h"
#include "known-rule-keys.h"
#include "pair-speed.h"
#include "self-test.h"

// A worker can be ended at any moment, also while it loads this file. From then on Node refuses every call that makes a
// value, and a value that was not made ends the process when it is used: so nothing goes on after a call that was refused.
#define OR_NULL(call) \
  if ((call) != napi_ok) return NULL

_Thread_local u8 *nt_heap;

// What the functions made by one `bind` belong to.
typedef struct {
  u8 *heap;
  const InstructionSet *set;
} Binding;

static napi_value fail(napi_env env, const char *message) {
  napi_throw_type_error(env, NULL, message);
  return NULL;
}

static u32 read_number(napi_env env, napi_value value) {
  u32 number = 0;
  napi_get_value_uint32(env, value, &number);
  return number;
}

// What JavaScript called a bound function for: a command or the control block, the calling thread's workspace, and for
// `work` the commands that may be left.
typedef struct {
  const InstructionSet *set;
  u32 offset, workspace, backlog;
} Call;

static Call enter(napi_env env, napi_callback_info info) {
  napi_value given[3];
  size_t count = 3;
  void *data;
  napi_get_cb_info(env, info, &count, given, NULL, &data);
  const Binding *binding = data;
  nt_heap = binding->heap;
  return (Call){binding->set, read_number(env, given[0]), read_number(env, given[1]), read_number(env, given[2])};
}

static napi_value run(napi_env env, napi_callback_info info) {
  const Call call = enter(env, info);
  call.set->run(call.offset, call.workspace);
  return NULL;
}

static napi_value work(napi_env env, napi_callback_info info) {
  const Call call = enter(env, info);
  call.set->work(call.offset, call.workspace, call.backlog);
  return NULL;
}

static const InstructionSet *find_set(napi_env env, napi_value value) {
  char name[16] = "";
  napi_get_value_string_utf8(env, value, name, sizeof(name), NULL);
  u32 count;
  const InstructionSet *sets = instruction_sets(&count);
  for (u32 i = 0; i < count; i++)
    if (sets[i].is_supported && strcmp(sets[i].name, name) == 0) return &sets[i];
  return NULL;
}

// NULL when it was refused.
static napi_value add_function(napi_env env, napi_value to, const char *name, napi_callback function, void *data) {
  napi_value value;
  OR_NULL(napi_create_function(env, name, NAPI_AUTO_LENGTH, function, data, &value));
  OR_NULL(napi_set_named_property(env, to, name, value));
  return value;
}

static void release(napi_env env, void *data, void *hint) {
  (void)env, (void)hint;
  free(data);
}

// The function owns its binding: JavaScript may keep one function and forget the object that it came in.
static napi_status add_bound(napi_env env, napi_value to, const char *name, napi_callback function, Binding binding) {
  Binding *own = malloc(sizeof(Binding));
  if (!own) return napi_generic_failure;
  *own = binding;
  napi_value value = add_function(env, to, name, function, own);
  const napi_status status = value ? napi_add_finalizer(env, value, own, release, NULL, NULL) : napi_generic_failure;
  if (status != napi_ok) free(own);
  return status;
}

// Pages of 2 MiB instead of 4 KiB, where Linux gives them on request: kernels stride through many pages at a time, and the
// processor keeps the addresses of few.
static void ask_for_large_pages(u8 *heap, size_t reserved) {
#if defined(__linux__)
  if (reserved > 0) madvise(heap, reserved, MADV_HUGEPAGE);  // a wish: nothing depends on the answer
#else
  (void)heap, (void)reserved;
#endif
}

static napi_value bind(napi_env env, napi_callback_info info) {
  napi_value given[3], doors;
  size_t count = 3;
  double reserved = 0;
  OR_NULL(napi_get_cb_info(env, info, &count, given, NULL, NULL));
  // A typed array's own data pointer: `napi_get_arraybuffer_info` refuses shared memory in Node 20.
  void *heap = NULL;
  if (napi_get_typedarray_info(env, given[0], NULL, NULL, &heap, NULL, NULL) != napi_ok || !heap)
    return fail(env, "bind: expected a typed array over the heap");
  const InstructionSet *set = find_set(env, given[1]);
  if (!set) return fail(env, "bind: expected the name of an instruction set that this processor has");
  OR_NULL(napi_get_value_double(env, given[2], &reserved));
  ask_for_large_pages(heap, (size_t)reserved);
  OR_NULL(napi_create_object(env, &doors));
  const Binding binding = {heap, set};
  if (add_bound(env, doors, "run", run, binding) != napi_ok || add_bound(env, doors, "work", work, binding) != napi_ok)
    return fail(env, "bind: out of memory");
  return doors;
}

// Whether `is_so` holds of the set that JavaScript names; of one that is not here nothing does.
static napi_value answer(napi_env env, napi_callback_info info, u32 is_so(const InstructionSet *)) {
  napi_value given[1], result;
  size_t count = 1;
  OR_NULL(napi_get_cb_info(env, info, &count, given, NULL, NULL));
  const InstructionSet *set = find_set(env, given[0]);
  OR_NULL(napi_get_boolean(env, set && is_so(set), &result));
  return result;
}

static napi_value self_test(napi_env env, napi_callback_info info) { return answer(env, info, passes_self_test); }
static napi_value quick_pairs(napi_env env, napi_callback_info info) { return answer(env, info, pairs_are_quicker); }

// Names of the sets that run here, or of those that multiply pairs as well.
static napi_value supported_sets(napi_env env, u32 with_pairs) {
  napi_value names, name;
  OR_NULL(napi_create_array(env, &names));
  u32 count, at = 0;
  const InstructionSet *sets = instruction_sets(&count);
  for (u32 i = 0; i < count; i++) {
    if (!sets[i].is_supported || (with_pairs && !sets[i].multiplies_pairs)) continue;
    OR_NULL(napi_create_string_utf8(env, sets[i].name, NAPI_AUTO_LENGTH, &name));
    OR_NULL(napi_set_element(env, names, at++, name));
  }
  return names;
}

static napi_value known_rules(napi_env env) {
  napi_value keys, key;
  OR_NULL(napi_create_array(env, &keys));
  for (u32 i = 0; i < nt_known_rule_count; i++) {
    OR_NULL(napi_create_string_utf8(env, nt_known_rules[i], NAPI_AUTO_LENGTH, &key));
    OR_NULL(napi_set_element(env, keys, i, key));
  }
  return keys;
}

static napi_value add_number(napi_env env, napi_value to, const char *name, u32 number) {
  napi_value value;
  OR_NULL(napi_create_uint32(env, number, &value));
  OR_NULL(napi_set_named_property(env, to, name, value));
  return value;
}

static napi_value add_value(napi_env env, napi_value to, const char *name, napi_value value) {
  return value && napi_set_named_property(env, to, name, value) == napi_ok ? value : NULL;
}

NAPI_MODULE_INIT() {
  const u32 whole = add_number(env, exports, "commands", COMMANDS) && add_number(env, exports, "workspaceBytes", sizeof(Workspace)) &&
                    add_value(env, exports, "sets", supported_sets(env, 0)) &&
                    add_value(env, exports, "pairSets", supported_sets(env, 1)) && add_value(env, exports, "rules", known_rules(env)) &&
                    add_function(env, exports, "bind", bind, NULL) && add_function(env, exports, "selfTest", self_test, NULL) &&
                    add_function(env, exports, "pairsAreQuicker", quick_pairs, NULL);
  return whole ? exports : NULL;
}
