// Clr: creation, assemblies, and the answers to the layers below (interp::Services). See clr.h.
#include "vm/clr.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "icalls/icalls.h"
#include "icalls/mirrors.h"

namespace leanclr::vm {
namespace {

#ifdef __EMSCRIPTEN__
constexpr size_t kDefaultMemoryLimit = 2048u * 1024 * 1024 - 64 * 1024;
constexpr size_t kNativeStackBytes = 160 * 1024;  // of the module's 256 KB (cmake/module.cmake)
#else
constexpr size_t kDefaultMemoryLimit = 512u * 1024 * 1024;
constexpr size_t kNativeStackBytes = 4 * 1024 * 1024;
#endif

}  // namespace

Result<std::unique_ptr<Clr>> Clr::create(const Options& options) {
  std::unique_ptr<Clr> clr(new Clr(options));
  clr->region_ = TRY(Region::create(options.memory_limit ? options.memory_limit : kDefaultMemoryLimit));
  clr->types_ = std::make_unique<types::TypeSystem>(
      *clr->region_,
      [](void* context, std::string_view name, std::string_view requested_by) -> types::Assembly* {
        Clr& self = *static_cast<Clr*>(context);
        const Host& host = self.options_.host;
        std::string wanted(name), by(requested_by);
        if (!host.resolve_assembly || !host.resolve_assembly(host.context, wanted.c_str(), by.c_str())) return nullptr;
        return self.types_->find_assembly(name);
      },
      clr.get());
  clr->symbols_ = std::make_unique<Symbols>(
      *clr->region_,
      [](void* context, const char* file_name) {
        const Host& host = static_cast<Clr*>(context)->options_.host;
        if (host.resolve_symbols) (void)host.resolve_symbols(host.context, file_name);
      },
      clr.get());
  gc::HeapOptions heap;
  heap.stress = options.gc_stress;
  clr->heap_ = std::make_unique<gc::Heap>(*clr->region_, heap);
  clr->objects_ = std::make_unique<objects::ObjectModel>(*clr->heap_, *clr->types_);
  interop::HostCode code = options.host.code;
  code.context = options.host.context;
  clr->marshalling_ = std::make_unique<interop::Marshalling>(*clr->types_);
  clr->registry_ = std::make_unique<interop::Registry>(*clr->marshalling_, interop::HostFunctions{options.host.context, options.host.call}, code);
  clr->unmanaged_calls_ = std::make_unique<interop::UnmanagedCalls>(clr->registry_->native_code(), *clr->types_);
  clr->delegate_pointers_ = std::make_unique<interop::DelegatePointers>(clr->registry_->native_code(), *clr->marshalling_, *clr->objects_);
  clr->marshalling_->functions = clr->delegate_pointers_.get();
  clr->registry_->native_code().set_entry(
      [](void* context, uint32_t number, const abi::Slot* args, abi::Slot* ret) { static_cast<Clr*>(context)->enter_callback(number, args, ret); },
      clr.get());
  clr->state_ = std::make_unique<icalls::State>();
  clr->state_->marshalling = clr->marshalling_.get();
  clr->state_->registry = clr->registry_.get();
  clr->native_state = clr->state_.get();
  clr->limits.clock = options.host.now;
  clr->limits.clock_context = options.host.context;
  clr->limits.native_stack_bytes = kNativeStackBytes;
  if (options.trace_calls) clr->registry_->trace_calls();
  TRY(clr->registry_->add_library("libSystem.Native", icalls::system_native()));
  clr->heap_->add_root_source(*clr);
  return clr;
}

Clr::~Clr() {
  for (Stack* stack : stacks_) stack->thread.reset();
  if (heap_) heap_->remove_root_source(*this);
  // In the order of use: what is made later goes first; the bytes last, since images point into them.
  unmanaged_calls_.reset();
  delegate_pointers_.reset();
  registry_.reset();
  marshalling_.reset();
  objects_.reset();
  heap_.reset();
  types_.reset();
  symbols_.reset();
  for (uint8_t* bytes : assembly_bytes_) region_->free(bytes);
}

Status Clr::add_assembly(std::string file_name, uint8_t* bytes, uint32_t size) {
  assembly_bytes_.push_back(bytes);
  TRY(types_->add_assembly(std::move(file_name), Bytes(bytes, size)));
  return {};
}

Status Clr::set_property(std::string key, std::string value) {
  if (started()) return failure(ErrorKind::InvalidOperation, "properties are set before the runtime starts");
  store_property(std::move(key), std::move(value));
  return {};
}

const std::string* Clr::find_property(std::string_view key) const {
  for (const auto& [name, value] : properties_)
    if (name == key) return &value;
  return nullptr;
}

void Clr::store_property(std::string key, std::string value) {
  if (const std::string* known = find_property(key)) *const_cast<std::string*>(known) = std::move(value);
  else properties_.emplace_back(std::move(key), std::move(value));
}

Result<const abi::NativeEntry*> Clr::bind_native(interp::Thread& thread, types::Method& method) {
  // CoreLib's internal calls are the runtime's own; another assembly's are whoever's brings that assembly.
  const bool is_own = method.declaring_type->assembly == types_->known().object->assembly;
  if (!method.is_pinvoke() && is_own) return icalls::find_internal_call(*types_, method);
  const std::string library = is_own ? std::string() : TRY(resolve_library(thread, method));
  return registry_->bind(*types_, method, library);
}

Result<std::string> Clr::externs(std::string_view assembly) {
  return registry_->externs(*types_, *TRY(types_->load_assembly(assembly, "the host")));
}

Result<std::string> Clr::resolve_library(interp::Thread& thread, types::Method& method) {
  types::Assembly& corelib = *types_->known().object->assembly;
  types::Type* library = TRY(types_->find_type(corelib, "System.Runtime.InteropServices", "NativeLibrary"));
  if (!library) return std::string();  // trimmed away
  TRY(types_->ensure(*library, types::TypeState::Sized));
  const types::Field* map = types_->find_field(*library, "s_nativeDllResolveMap");
  types::Method* resolve = types_->find_method(*library, "LoadLibraryCallbackStub", 4);
  if (!resolve || !map || !library->statics || !reinterpret_cast<Ref<gc::Object>*>(library->statics + map->offset)->get()) return std::string();
  const interop::Declaration declaration = TRY(interop::declaration_of(*types_, method));
  abi::Slot arguments[4], handle;
  gc::Local<gc::Object> assembly(*heap_, TRY(mirror_of(*method.declaring_type->assembly)));
  arguments[0].object = objects_->new_string(declaration.library);
  if (!arguments[0].object.get()) return ErrorKind::OutOfMemory;
  arguments[1].object = assembly.get();
  TRY(thread.invoke(*resolve, arguments, &handle));
  const std::string* name = registry_->library_of(handle.address);
  return name ? *name : std::string();
}

bool Clr::is_replaced(const types::Method& method) const { return icalls::is_replaced(*types_, method); }

Result<gc::Object*> Clr::mirror_of(types::Type& type) { return icalls::type_mirror(*objects_, type); }
Result<gc::Object*> Clr::mirror_of(types::Assembly& assembly) { return icalls::assembly_mirror(*objects_, assembly); }

metadata::SourcePosition Clr::source_position(const types::Method& method, uint32_t il_offset) {
  if (method.row == 0) return {};
  return symbols_->position(method.declaring_type->assembly->image(), method.row, il_offset);
}

void Clr::write(int32_t fd, const uint8_t* bytes, uint32_t size) {
  if (options_.host.write) options_.host.write(options_.host.context, fd, bytes, size);
}

void Clr::write_error(std::string_view text) {
  constexpr int32_t kStandardError = 2;
  write(kStandardError, reinterpret_cast<const uint8_t*>(text.data()), static_cast<uint32_t>(text.size()));
}

void Clr::schedule(double milliseconds) {
  if (options_.host.schedule) options_.host.schedule(options_.host.context, milliseconds);
}

void Clr::sleep(double milliseconds) {
  constexpr double kLongestNap = 10;
  milliseconds = std::min(milliseconds, kLongestNap);
  if (options_.host.sleep) return options_.host.sleep(options_.host.context, milliseconds);
#ifndef __EMSCRIPTEN__  // a module's host always supplies it
  std::this_thread::sleep_for(std::chrono::nanoseconds(static_cast<int64_t>(milliseconds * 1e6)));
#endif
}

std::string_view Clr::property(std::string_view key) const {
  const std::string* found = find_property(key);
  return found ? std::string_view(*found) : std::string_view();
}

void Clr::visit_roots(gc::Marker& marker) {
  types_->visit_roots(
      [](void* context, Ref<void>* slot) {
        static_cast<gc::Marker*>(context)->mark(static_cast<gc::Object*>(slot->get()));
      },
      &marker);
  objects_->visit_roots(marker);
  root_ranges_.visit(marker);
  for (Address block = host_roots; block; block = pointer_at<HostRoots>(block)->next)
    for (Address word = block + sizeof(HostRoots); word < pointer_at<HostRoots>(block)->top; word += sizeof(Address))
      marker.mark_interior(*pointer_at<Address>(word));
}

}  // namespace leanclr::vm
