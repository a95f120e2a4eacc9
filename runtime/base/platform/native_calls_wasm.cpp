// A module cannot make code; its host does (leanclr_host.bind_function and make_callbacks).
#include "base/platform/native_calls.h"

namespace leanclr::platform {

const char* const kCallLimit = "what the host can make code for";
bool call_by_abi(const void*, const char*, const uint64_t*, uint64_t*) { return false; }
CodePage make_code_page() { return {}; }
void free_code_page(const CodePage&) {}
const void* callback_code() { return nullptr; }

}  // namespace leanclr::platform
