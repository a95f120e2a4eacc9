// See native_code.h.
#include "interop/native_code.h"

namespace leanclr::interop {
namespace {

constexpr uint32_t kThunksAtOnce = 64;
/// Freed function pointers rest until there are so many of a type: C code that still holds one then calls a dead one, not
/// somebody else's.
constexpr size_t kResting = 256;
constexpr uint32_t kOtherType = 0xFFFF0000;  // and above: bind_function's answer, with the type that the function has
constexpr uint32_t kHostFunction = 0xFFFF8000;
constexpr int32_t kThrown = 2;               // call_function's answer

uint64_t* words(Slot* slots) { return reinterpret_cast<uint64_t*>(slots); }
const uint64_t* words(const Slot* slots) { return reinterpret_cast<const uint64_t*>(slots); }

Failure other_type(std::string_view abi, uint32_t answer = 0) {
  std::string own;
  for (uint32_t letters = answer & 0x7FFF; letters; letters >>= 3) own += (own.empty() ? " but of " : "") + std::string(1, " vilfd"[letters & 7]);
  return failure_with(ErrorKind::MarshalDirective, "the native function is not of the type %% (result, then parameters: v void, i 32 bits, l 64 bits, f float, d double)", {abi, own});
}

Failure no_code() { return failure(ErrorKind::PlatformNotSupported, "This host cannot make native code while it runs."); }

}  // namespace

NativeCode::~NativeCode() {
  for (const platform::CodePage& page : pages_) platform::free_code_page(page);
}

void NativeCode::set_entry(Entry entry, void* context) {
  entry_ = entry;
  entry_context_ = context;
}

NativeCode::Shape& NativeCode::shape_of(std::string_view abi) {
  for (Shape* shape : shapes_)
    if (shape->abi == abi) return *shape;
  Shape& shape = shapes_.add(new Shape);
  shape.abi = abi;
  return shape;
}

Result<NativeFunction> NativeCode::bind(const void* function, std::string_view abi) {
  NativeFunction bound;
  bound.function = function;
  bound.abi = shape_of(abi).abi.c_str();
  const uint32_t invoker = host_.bind_function ? host_.bind_function(host_.context, address_of(function), bound.abi) : 0;
  if (invoker == kHostFunction) return bound;
  if (invoker >= kOtherType) return other_type(abi, invoker);
  bound.invoker = invoker ? reinterpret_cast<NativeInvoker>(static_cast<uintptr_t>(invoker)) : pooled_invoker(abi);
  return bound;
}

Status NativeCode::call_by_text(interp::Thread& thread, const NativeFunction& function, const Slot* args, Slot* ret) {
  interp::Thread* outer = std::exchange(caller_, &thread);
  bool called = true;
  int32_t answer = 0;
  if (host_.call_function) called = (answer = host_.call_function(host_.context, address_of(function.function), function.abi, args, ret)) == 0;
  else called = platform::call_by_abi(function.function, function.abi, words(args), words(ret));
  caller_ = outer;
  if (has_failure_) [[unlikely]] return host_failure_ = {}, take_failure(thread);
  if (answer == kThrown) return host_failure_.take(thread);
  if (!called && host_.call_function) return other_type(function.abi);
  if (!called) return failure_with(ErrorKind::NotSupported, "a native function of type % cannot be called: this platform passes %", {function.abi, platform::kCallLimit});
  return {};
}

Error NativeCode::take_failure(interp::Thread& thread) {
  has_failure_ = false;
  Error error = std::exchange(failure_, Error(ErrorKind::None));
  if (error.kind() != ErrorKind::ManagedException) return error;
  gc::Object* exception = thread.heap().handle_target(exception_);
  thread.heap().free_handle(std::exchange(exception_, 0));
  return thread.raise(exception);
}

Result<Address> NativeCode::make_cell(const void* code, const void* data) {
  if (pages_.empty() || cells_used_ == platform::CodePage::kCells) {
    platform::CodePage page = platform::make_code_page();
    if (!page.stubs) return no_code();
    pages_.push_back(page);
    cells_used_ = 0;
  }
  const platform::CodePage& page = pages_.back();
  page.cells[cells_used_] = {code, data};
  return address_of(page.function(cells_used_++));
}

Result<Address> NativeCode::expose(const void* function) {
  if (host_.bind_function) return address_of(function);
  for (const Exposed* known : exposed_)
    if (known->function == function) return known->address;
  const Address address = TRY(make_cell(function, nullptr));
  exposed_.add(new Exposed{function, address});
  return address;
}

Status NativeCode::add_thunks(Shape& shape) {
  const auto first = static_cast<uint32_t>(thunks_.size());
  Address base = 0;
  const void* code = platform::callback_code();
  if (host_.make_callbacks) base = host_.make_callbacks(host_.context, shape.abi.c_str(), first, kThunksAtOnce);
  if (!code && !base) return no_code();
  if (code && shape.abi.size() > platform::kMostCallbackArguments) return failure(ErrorKind::NotSupported, "a function pointer takes 64 arguments at most");
  for (uint32_t number = first; number < first + kThunksAtOnce; ++number) {
    Address address = base + (number - first);
    if (code) {
      auto* target = new platform::CallbackTarget{shape.abi.c_str(), reinterpret_cast<decltype(platform::CallbackTarget::run)>(entry_), entry_context_, number};
      address = TRY(make_cell(code, &targets_.add(target)));
    }
    Thunk& thunk = thunks_.add(new Thunk{address, number, &shape, {}});
    by_address_.insert(combine_hashes(address, 0), &thunk);
    shape.fresh.push_back(first + kThunksAtOnce - 1 - (number - first));
  }
  return {};
}

Result<Address> NativeCode::make_callback(std::string_view abi, const Callback& callback) {
  Shape& shape = shape_of(abi);
  uint32_t number;
  if (shape.fresh.empty() && shape.freed.size() - shape.first_freed > kResting) {
    number = shape.freed[shape.first_freed++];
    if (shape.first_freed * 2 > shape.freed.size()) {
      shape.freed.erase(shape.freed.begin(), shape.freed.begin() + shape.first_freed);
      shape.first_freed = 0;
    }
  } else {
    if (shape.fresh.empty()) TRY(add_thunks(shape));
    number = shape.fresh.back();
    shape.fresh.pop_back();
  }
  thunks_[number]->callback = callback;
  return thunks_[number]->address;
}

NativeCode::Thunk* NativeCode::thunk_at(Address address) const {
  return by_address_.find(combine_hashes(address, 0), [&](const Thunk* thunk) { return thunk->address == address; });
}

void NativeCode::free_callback(Address address) {
  Thunk* thunk = thunk_at(address);
  if (!thunk || !thunk->callback.run) return;
  thunk->callback = {};
  thunk->shape->freed.push_back(thunk->number);
}

const Callback* NativeCode::callback_at(Address address) const {
  const Thunk* thunk = thunk_at(address);
  return thunk && thunk->callback.run ? &thunk->callback : nullptr;
}

Status NativeCode::enter(interp::Thread& main, uint32_t number, const Slot* args, Slot* ret) {
  if (has_failure_) return {};
  interp::Thread& thread = caller_ ? *caller_ : main;
  interp::Thread* caller = std::exchange(caller_, nullptr);
  const Callback callback = thunks_[number]->callback;
  Status status = callback.run ? callback.run(thread, callback.target, args, ret)
                               : Status(failure(ErrorKind::InvalidOperation, "A native function called a function pointer whose delegate is gone: it was collected or disposed of. Keep a reference to the delegate as long as native code holds the pointer."));
  caller_ = caller;
  if (status.ok()) return {};
  ret->i8 = 0;
  if (!caller) return status;
  failure_ = status.take_error();
  has_failure_ = true;
  if (failure_.kind() == ErrorKind::ManagedException) exception_ = thread.heap().new_handle(thread.take_exception(), gc::HandleKind::Normal);
  return {};
}

}  // namespace leanclr::interop
