// System.Environment and System.Diagnostics.Debugger: the process as managed code sees it.
#include "base/utf.h"
#include "icalls/shared.h"
#include "interp/trace.h"

namespace leanclr::icalls {
namespace {

/// The exit code of a process that aborts (128 + SIGABRT), as `dotnet` gives it on Unix.
constexpr int32_t kAborted = 134;

Status exit(Thread& thread, int32_t code) { return thread.services().exit(code); }

/// The managed frames, newest first, as the runtime itself names methods.
std::string running_stack(Thread& thread) {
  struct Writer {
    Thread& thread;
    std::string text;
  } writer{thread, {}};
  thread.walk(
      [](void* context, const ir::Place& place) {
        auto& [thread, text] = *static_cast<Writer*>(context);
        if (interp::is_traced(*place.method)) text += "   at " + interp::plain_name(thread.types(), *place.method) + '\n';
        return true;
      },
      &writer);
  return writer.text;
}

/// Object.ToString(); empty when it fails.
std::string text_of(Thread& thread, Object* object) {
  Method* to_string = thread.types().find_method(*thread.types().known().object, "ToString");
  Slot self, text;
  self.object = object;
  if (!object || !to_string) return {};
  if (succeeded(thread.invoke_virtual(*to_string, &self, &text)))
    return text.object ? to_utf8(static_cast<String*>(text.object.get())->view()) : std::string();
  thread.take_exception();
  return {};
}

Status fail_fast(Thread& thread, String* message, Object* exception, String*) {
  std::string text = "Process terminated.\n";
  if (message) text += to_utf8(message->view()) + '\n';
  text += running_stack(thread);
  text += text_of(thread, exception);
  constexpr int32_t kStandardError = 2;
  thread.services().write(kStandardError, reinterpret_cast<const uint8_t*>(text.data()),
                          static_cast<uint32_t>(text.size()));
  thread.services().aborting = true;
  return exit(thread, kAborted);
}

/// The entry assembly's file, then the arguments of Main.
Result<Array*> command_line(Thread& thread) {
  const std::vector<std::string>& arguments = thread.services().arguments();
  types::Assembly* entry = thread.services().entry_assembly();
  Array* array =
      TRY(new_corelib_vector(thread, "System", "String", static_cast<uint32_t>(arguments.size() + 1)));
  auto* elements = array->elements<Ref<Object>>();
  *elements++ = TRY(new_string(thread, entry ? std::string_view(entry->file_name()) : std::string_view()));
  for (const std::string& argument : arguments) *elements++ = TRY(new_string(thread, argument));
  return array;
}

int32_t processor_count() { return 1; }
int32_t get_exit_code(Thread& thread) { return thread.services().exit_code; }
void set_exit_code(Thread& thread, int32_t code) { thread.services().exit_code = code; }

constexpr NativeEntry kRows[] = {
    native<exit>("Exit"),
    native<fail_fast>("FailFast"),
    allocating<command_line>("GetCommandLineArgs"),
    native<processor_count>("GetProcessorCount"),
    native<get_exit_code>("get_ExitCode"),
    native<set_exit_code>("set_ExitCode"),
};

bool is_attached() { return false; }
bool is_logging() { return false; }
void log(int32_t, ObjectOnStack, ObjectOnStack) {}  // goes to a debugger; there is none

constexpr NativeEntry kDebuggerRows[] = {
    native<is_attached>("IsAttached_internal"),
    native<is_logging>("IsLogging"),
    native<log>("Log_icall"),
};

}  // namespace

constinit const NativeClass kSystemEnvironment{"System.Environment", kRows};
constinit const NativeClass kDebugger{"System.Diagnostics.Debugger", kDebuggerRows};

}  // namespace leanclr::icalls
