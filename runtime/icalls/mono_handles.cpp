// Mono.*: the small native structures that CoreLib's reflection reads, and C strings for it.
#include <cstring>

#include "base/utf.h"
#include "icalls/pointer_list.h"
#include "icalls/shared.h"

namespace leanclr::icalls {

Result<PointerList*> new_pointer_list(Thread& thread, std::span<void* const> pointers) {
  Region& region = thread.heap().region();
  auto* list =
      static_cast<PointerList*>(region.allocate(sizeof(PointerList) + pointers.size() * sizeof(Address)));
  if (!list) return ErrorKind::OutOfMemory;
  auto* data = reinterpret_cast<Address*>(list + 1);
  for (size_t i = 0; i < pointers.size(); ++i) data[i] = address_of(pointers[i]);
  list->data = address_of(data);
  list->length = static_cast<int32_t>(pointers.size());
  return list;
}

Result<char*> new_c_string(Thread& thread, std::string_view text) {
  auto* copy = static_cast<char*>(thread.heap().region().allocate(text.size() + 1));
  if (!copy) return ErrorKind::OutOfMemory;
  std::memcpy(copy, text.data(), text.size());
  copy[text.size()] = 0;
  return copy;
}

namespace {

void free_list(Heap& heap, PointerList* list) { heap.region().free(list); }
void free_string(Heap& heap, char* text) { heap.region().free(text); }

Result<char*> string_to_utf8(Thread& thread, ObjectOnStack text) {
  if (!text->get()) return static_cast<char*>(nullptr);
  return new_c_string(thread, to_utf8(object_on<String>(text)->view()));
}

/// A class and its type are one here.
Type* type_from_class(Type* type) { return type; }

constexpr NativeEntry kListRows[] = {native<free_list>("GPtrArrayFree")};
constexpr NativeEntry kStringRows[] = {
    native<free_string>("GFree"),
    native<string_to_utf8>("StringToUtf8_icall"),
};
constexpr NativeEntry kClassRows[] = {native<type_from_class>("GetTypeFromClass")};

}  // namespace

constinit const NativeClass kPointerListHandle{"Mono.RuntimeGPtrArrayHandle", kListRows};
constinit const NativeClass kSafeStringMarshal{"Mono.SafeStringMarshal", kStringRows};
constinit const NativeClass kRuntimeClassHandle{"Mono.RuntimeClassHandle", kClassRows};

}  // namespace leanclr::icalls
