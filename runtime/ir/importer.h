// The importer's entrance: makes a Body from a method's IL.
#pragma once


#include "base/hash_table.h"
#include "base/list.h"
#include "ir/ir.h"
#include "objects/object_model.h"

namespace leanclr::ir {

/// What makes a method fit to be imported inside its callers. One per method definition; instances share it.
struct InlineFacts {
  const types::Method* method = nullptr;
  bool fits = false;
  bool is_tiny = false;           // as quickly imported as called
  metadata::MethodBody il;
  uint64_t stored_arguments = 0;   // assigned: bits by number
  uint64_t address_arguments = 0;  // their address is taken
  bool tracks = true;              // Variable::tracked may be tried
  bool only_reads_this = true;    // every ldarg.0 is followed by ldfld
};

/// What importing needs to know beyond the method itself.
struct ImportEnvironment {
  types::TypeSystem& types;
  objects::ObjectModel& objects;
  /// True when the method's IL body gives way to a native of the same signature (icalls/replacements).
  bool (*is_replaced)(void* context, const types::Method& method) = nullptr;
  /// The C function pointer of a method with [UnmanagedCallersOnly].
  Result<Address> (*function_of)(void* context, types::Method& method) = nullptr;
  void* context = nullptr;
  HashTable<InlineFacts*> inline_facts = {};
  OwningList<InlineFacts> owned_facts = {};
};

/// Most methods run a few times only. A draft has small methods' code in its loops and makes calls elsewhere.
enum class Effort : uint8_t { Draft, Full };

/// Imports IL methods, runtime methods (delegate Invoke) and externs (whose body calls the native entry).
/// Errors: InvalidProgram with method, IL offset and instruction; BadImage; what resolving a local's type gives.
/// A token inside the code that cannot be resolved is no error here: the code throws when it gets there.
Result<Body*> import_method(ImportEnvironment& environment, types::Method& method, Effort effort = Effort::Draft);

/// May a calli of signature `site` call the method? The arguments' and the result's kinds must agree, `this` counting as
/// the first argument; value types must be the same. References are taken on trust.
Result<bool> fits_call_site(types::TypeSystem& types, const types::MethodSignature& site, types::Method& method);

}  // namespace leanclr::ir
