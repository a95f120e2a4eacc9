// System.Runtime.Loader.AssemblyLoadContext: there is one, the default one; assemblies come from the host.
#include "icalls/mirrors.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

/// Zero means the default context.
Address context_of(Object*) { return 0; }

Result<Array*> loaded_assemblies(Thread& thread) {
  const auto& assemblies = thread.types().assemblies();
  Array* array = TRY(
      new_corelib_vector(thread, "System.Reflection", "Assembly", static_cast<uint32_t>(assemblies.size())));
  for (size_t i = 0; i < assemblies.size(); ++i)
    array->elements<Ref<Object>>()[i] = TRY(assembly_mirror(thread.objects(), *assemblies[i]));
  return array;
}

/// `self` is a GCHandle to the managed context, which serves as the native one.
Result<Address> initialize(Thread&, Address self, const char*, bool is_default, bool) {
  if (is_default) return self;
  return not_supported("Further assembly load contexts are not supported.");
}

Result<Object*> load_file(Thread&, Address, String*, int32_t*) {
  return not_supported("Assemblies are loaded by name: the runtime has no file system.");
}

Result<Object*> load_from_stream(Thread&, Address, Address, int32_t, Address, int32_t) {
  return not_supported("Assemblies cannot be loaded from bytes by managed code; the host loads them.");
}

void nothing_to_release(Address, Address) {}
bool destroy_scout(Address) { return true; }

constexpr NativeEntry kRows[] = {
    native<context_of>("GetLoadContextForAssembly"),
    allocating<loaded_assemblies>("InternalGetLoadedAssemblies"),
    native<initialize>("InternalInitializeNativeALC"),
    native<load_file>("InternalLoadFile"),
    native<load_from_stream>("InternalLoadFromStream"),
    native<nothing_to_release>("PrepareForAssemblyLoadContextRelease"),
};
constexpr NativeEntry kScoutRows[] = {native<destroy_scout>("Destroy")};

}  // namespace

constinit const NativeClass kAssemblyLoadContext{"System.Runtime.Loader.AssemblyLoadContext", kRows};
constinit const NativeClass kLoaderAllocatorScout{"System.Reflection.LoaderAllocatorScout", kScoutRows};

}  // namespace leanclr::icalls
