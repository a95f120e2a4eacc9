// System.Reflection.Assembly and RuntimeAssembly, AssemblyName: what is loaded, and what is in it.
#include <cstring>

#include "base/list.h"
#include "base/utf.h"
#include "icalls/assembly_identity.h"
#include "icalls/mirrors.h"
#include "icalls/pointer_list.h"
#include "icalls/shared.h"
#include "icalls/type_names.h"

namespace leanclr::icalls {
namespace {

using metadata::RowNumber;
using metadata::Table;

// --- which assembly

/// The assembly of the `skip`-th managed frame that is not in System.Reflection.Assembly itself.
types::Assembly* assembly_of_frame(Thread& thread, int skip) {
  struct Search {
    int skip;
    types::Assembly* found;
    Type* self;
  } search{skip, nullptr, nullptr};
  thread.walk(
      [](void* context, const ir::Place& place) {
        auto& state = *static_cast<Search*>(context);
        Type* owner = place.method->declaring_type;
        if (!state.self) state.self = owner;  // the native's own class
        if (owner == state.self || state.skip-- > 0) return true;
        state.found = owner->assembly;
        return false;
      },
      &search);
  return search.found;
}

Result<Object*> mirror_or_null(Thread& thread, types::Assembly* assembly) {
  if (!assembly) return static_cast<Object*>(nullptr);
  return assembly_mirror(thread.objects(), *assembly);
}

Result<Object*> calling_assembly(Thread& thread, int32_t*) {
  return mirror_or_null(thread, assembly_of_frame(thread, 1));
}
Result<Object*> executing_assembly(Thread& thread, int32_t*) {
  return mirror_or_null(thread, assembly_of_frame(thread, 0));
}
Result<Object*> entry_assembly(Thread& thread) {
  return mirror_or_null(thread, thread.services().entry_assembly());
}

/// By display name.
Result<Object*> load(Thread& thread, String* name, int32_t*, Address) {
  std::string text = to_utf8(name->view());
  std::string_view simple = std::string_view(text).substr(0, text.find(','));
  Result<types::Assembly*> found = thread.types().load_assembly(simple, "Assembly.Load");
  if (found.ok()) return assembly_mirror(thread.objects(), *found.value());
  Error why = found.take_error();
  if (why.kind() != ErrorKind::FileNotFound) return why;
  return assembly_not_found(text);
}

Result<Object*> type_by_name(Thread& thread, Object* self, Object*, String* name, bool throw_on_error,
                             bool ignore_case) {
  types::Assembly& assembly = *TRY(assembly_of_mirror(thread, self));
  std::string text = to_utf8(name->view());
  Type* type = TRY(find_type_by_display_name(thread, assembly, text, ignore_case));
  if (type && type->assembly == &assembly) return mirror_of(thread, *type);
  if (!throw_on_error) return static_cast<Object*>(nullptr);
  return failure_with(ErrorKind::TypeLoad, "Could not resolve type '%' in assembly '%'.", {text, TRY(assembly_full_name(assembly))});
}

// --- what it is

/// System.Reflection.RuntimeAssembly.AssemblyInfoKind.
enum InfoKind : int32_t { kLocation = 1, kCodeBase = 2, kFullName = 3, kImageRuntimeVersion = 4 };

Status info(Thread& thread, QCallAssembly handle, ObjectOnStack result, int32_t kind) {
  types::Assembly& assembly = handle.assembly();
  switch (kind) {
    case kFullName: return give(result, new_string(thread, TRY(assembly_full_name(assembly))));
    case kImageRuntimeVersion: return give(result, new_string(thread, assembly.image().version()));
    case kCodeBase: *result = nullptr; return {};
    default: return give(result, new_string(thread, ""));  // assemblies are loaded from memory
  }
}

Status entry_point(Thread& thread, QCallAssembly handle, ObjectOnStack result) {
  *result = nullptr;
  metadata::Token token = handle.assembly().image().entry_point();
  if (token.is_nil()) return {};
  Method* method = TRY(thread.types().resolve_method(handle.assembly(), token, {}));
  return give(result, method_mirror(thread, *method, nullptr));
}

Status manifest_module(Thread& thread, QCallAssembly handle, ObjectOnStack result) {
  return give(result, module_mirror(thread.objects(), handle.assembly()));
}

Status modules(Thread& thread, QCallAssembly handle, ObjectOnStack result) {
  Array* array = TRY(new_corelib_vector(thread, "System.Reflection", "Module", 1));
  array->elements<Ref<Object>>()[0] = TRY(module_mirror(thread.objects(), handle.assembly()));
  *result = array;
  return {};
}

bool is_exported(const metadata::Image& image, RowNumber number, const metadata::TypeDefRow& row) {
  constexpr uint32_t kVisibilityMask = 7, kPublic = 1, kNestedPublic = 2;
  uint32_t visibility = row.flags & kVisibilityMask;
  if (visibility == kPublic) return true;
  if (visibility != kNestedPublic) return false;
  RowNumber outer = image.enclosing_type(number);
  return outer && is_exported(image, outer, value_or(image.row<Table::TypeDef>(outer), {}));
}

Status give_types(Thread& thread, ObjectOnStack result, const List<Type*>& found) {
  Array* array = TRY(new_corelib_vector(thread, "System", "Type", static_cast<uint32_t>(found.size())));
  for (size_t i = 0; i < found.size(); ++i) array->elements<Ref<Object>>()[i] = TRY(mirror_of(thread, *found[i]));
  *result = array;
  return {};
}

Status exported_types(Thread& thread, QCallAssembly handle, ObjectOnStack result) {
  types::Assembly& assembly = handle.assembly();
  List<Type*> found;
  for (RowNumber number = 2; number <= assembly.image().row_count(Table::TypeDef); ++number) {
    if (!is_exported(assembly.image(), number, TRY(assembly.image().row<Table::TypeDef>(number)))) continue;
    found.push_back(TRY(thread.types().resolve_type(assembly, metadata::Token(Table::TypeDef, number), {})));
  }
  return give_types(thread, result, found);
}

/// Those that this assembly names and another one has, nested ones left out.
Status forwarded_types(Thread& thread, QCallAssembly handle, ObjectOnStack result) {
  types::Assembly& assembly = handle.assembly();
  const metadata::Image& image = assembly.image();
  List<Type*> found;
  for (RowNumber number = 1; number <= image.row_count(Table::ExportedType); ++number) {
    auto row = TRY(image.row<Table::ExportedType>(number));
    if (row.implementation.table() != Table::AssemblyRef) continue;
    Type* type = TRY(thread.types().type_by_name(assembly, TRY(image.string(row.type_namespace)), TRY(image.string(row.type_name))));
    found.push_back(type);
  }
  return give_types(thread, result, found);
}

// --- resources

Result<RowNumber> find_resource(types::Assembly& assembly, std::string_view name) {
  const metadata::Image& image = assembly.image();
  for (RowNumber number = 1; number <= image.row_count(Table::ManifestResource); ++number)
    if (TRY(image.string(TRY(image.row<Table::ManifestResource>(number)).name)) == name) return number;
  return 0u;
}

Status resource_names(Thread& thread, QCallAssembly handle, ObjectOnStack result) {
  const metadata::Image& image = handle.assembly().image();
  uint32_t count = image.row_count(Table::ManifestResource);
  Array* array = TRY(new_corelib_vector(thread, "System", "String", count));
  for (uint32_t i = 0; i < count; ++i) {
    auto row = TRY(image.row<Table::ManifestResource>(i + 1));
    array->elements<Ref<Object>>()[i] = TRY(new_string(thread, TRY(image.string(row.name))));
  }
  *result = array;
  return {};
}

/// The address of an embedded resource's bytes, or null. They lie in the assembly's own bytes.
Result<uint8_t*> resource(Thread& thread, QCallAssembly handle, String* name, int32_t* size,
                          ObjectOnStack module) {
  *size = 0;
  *module = nullptr;
  types::Assembly& assembly = handle.assembly();
  RowNumber number = TRY(find_resource(assembly, to_utf8(name->view())));
  if (!number) return static_cast<uint8_t*>(nullptr);
  Bytes bytes = TRY(assembly.image().resource(TRY(assembly.image().row<Table::ManifestResource>(number))));
  *size = static_cast<int32_t>(bytes.size());
  *module = TRY(module_mirror(thread.objects(), assembly));
  return const_cast<uint8_t*>(bytes.data());
}

Result<bool> resource_info(Thread& thread, QCallAssembly handle, String* name, Object* result) {
  if (!TRY(find_resource(handle.assembly(), to_utf8(name->view())))) return false;
  constexpr int32_t kEmbedded = 1, kContainedInManifestFile = 4;  // System.Reflection.ResourceLocation
  TRY(set_field<int32_t>(thread, result, "<ResourceLocation>k__BackingField",
                         kEmbedded | kContainedInManifestFile));
  return true;
}

bool raw_metadata(QCallAssembly, ObjectOnStack blob, int32_t* length) {
  *blob = nullptr;
  *length = 0;
  return false;
}

// --- names

/// Mono.MonoAssemblyName.
struct NativeName {
  Address name, culture, hash_value, public_key;
  char key_token[17];
  uint32_t hash_algorithm, hash_length, flags;
  int32_t major, minor, build, revision, architecture;
};

/// A blob as CoreLib decodes it: its length first, compressed (§II.23.2).
Result<Address> length_prefixed(Thread& thread, Bytes bytes) {
  std::string text;
  uint32_t size = static_cast<uint32_t>(bytes.size());
  if (size < 0x80) {
    text += static_cast<char>(size);
  } else {
    text += static_cast<char>(0x80 | size >> 8);
    text += static_cast<char>(size);
  }
  text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return address_of(TRY(new_c_string(thread, text)));
}

Result<NativeName*> make_native_name(Thread& thread, const AssemblyIdentity& identity) {
  auto* name = static_cast<NativeName*>(thread.heap().region().allocate(sizeof(NativeName)));
  if (!name) return ErrorKind::OutOfMemory;
  *name = {};
  name->name = address_of(TRY(new_c_string(thread, identity.name)));
  name->culture = address_of(TRY(new_c_string(thread, identity.culture)));
  if (!identity.public_key.empty()) name->public_key = TRY(length_prefixed(thread, identity.public_key));
  std::memcpy(name->key_token, identity.key_token.data(), std::min<size_t>(identity.key_token.size(), 16));
  name->hash_algorithm = identity.hash_algorithm;
  name->flags = identity.flags;
  name->major = identity.major;
  name->minor = identity.minor;
  name->build = identity.build;
  name->revision = identity.revision;
  return name;
}

void free_name_parts(Region& region, const NativeName& name) {
  for (Address part : {name.name, name.culture, name.hash_value, name.public_key})
    region.free(pointer_at<void>(part));
}

void free_name(Heap& heap, NativeName* name, bool free_struct) {
  free_name_parts(heap.region(), *name);
  if (free_struct) heap.region().free(name);
}

/// CoreLib never gives it back: it is made once per assembly, with the assembly's life.
Result<NativeName*> native_name(Thread& thread, const AssemblyHandle* handle) {
  auto& names = state_of(thread).native_names;
  for (const auto& [assembly, name] : names)
    if (assembly == handle->assembly) return static_cast<NativeName*>(name);
  NativeName* name = TRY(make_native_name(thread, TRY(AssemblyIdentity::of(handle->assembly->image()))));
  names.emplace_back(handle->assembly, name);
  return name;
}

/// The caller frees each name.
Result<PointerList*> referenced_assemblies(Thread& thread, Object* mirror) {
  types::Assembly& assembly = *TRY(assembly_of_mirror(thread, mirror));
  List<void*> names;
  for (RowNumber number = 1; number <= assembly.image().row_count(Table::AssemblyRef); ++number)
    names.push_back(
        TRY(make_native_name(thread, TRY(AssemblyIdentity::of_reference(assembly.image(), number)))));
  return new_pointer_list(thread, names);
}

constexpr NativeEntry kAssemblyRows[] = {
    allocating<calling_assembly>("GetCallingAssembly"),
    allocating<entry_assembly>("GetEntryAssemblyNative"),
    allocating<executing_assembly>("GetExecutingAssembly"),
    allocating<type_by_name>("InternalGetType"),
    allocating<load>("InternalLoad"),
};
constexpr NativeEntry kRows[] = {
    allocating<entry_point>("GetEntryPoint"),
    allocating<exported_types>("GetExportedTypes"),
    allocating<info>("GetInfo"),
    allocating<manifest_module>("GetManifestModuleInternal"),
    native<resource_info>("GetManifestResourceInfoInternal"),
    allocating<resource>("GetManifestResourceInternal"),
    allocating<resource_names>("GetManifestResourceNames"),
    allocating<modules>("GetModulesInternal"),
    allocating<forwarded_types>("GetTopLevelForwardedTypes"),
    native<referenced_assemblies>("InternalGetReferencedAssemblies"),
    native<raw_metadata>("InternalTryGetRawMetadata"),
};
constexpr NativeEntry kNameRows[] = {
    native<free_name>("FreeAssemblyName"),
    native<native_name>("GetNativeName"),
};

}  // namespace

constinit const NativeClass kAssembly{"System.Reflection.Assembly", kAssemblyRows};
constinit const NativeClass kRuntimeAssembly{"System.Reflection.RuntimeAssembly", kRows};
constinit const NativeClass kAssemblyName{"System.Reflection.AssemblyName", kNameRows};

}  // namespace leanclr::icalls
