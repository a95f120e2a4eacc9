// TypeSystem::Interned: what makes pointer equality type identity, and the other state that TypeSystem keeps.
#pragma once

#include <utility>
#include <vector>

#include "base/list.h"
#include "types/generated.h"
#include "types/type_system.h"

namespace leanclr::types {

/// How deep types may nest in each other's arguments and elements. Runaway generics end here as TypeLoad.
constexpr uint32_t kMaxTypeNesting = 48;
/// How many types may be under construction inside each other: bounds the C++ stack.
constexpr uint32_t kMaxBuildDepth = 64;

/// Answers of is_assignable, overwritten as they collide.
class AssignabilityCache {
 public:
  struct Entry {
    const Type* target = nullptr;
    const Type* source = nullptr;
    bool answer = false;
  };
  Entry& at(const Type& target, const Type& source) {
    return entries_[combine_hashes(target.hash, source.hash) % kEntries];
  }

 private:
  static constexpr size_t kEntries = 256;
  Entry entries_[kEntries];
};

struct TypeSystem::Interned {
  HashTable<Type*> instances;
  HashTable<Type*> arrays;  // general arrays; vectors hang off their element
  HashTable<Type*> function_pointers;
  HashTable<Method*> method_instances;
  std::vector<std::pair<const Type*, Error>> errors;  // why a type Failed; few do
  List<GeneratedItem> generated;           // by token
  OwningList<GeneratedMethod> generated_methods;
  List<Type*> types;                       // every one, for visit_roots
  AssignabilityCache assignable;
  uint32_t build_depth = 0;
  uint32_t thread_static_blocks = 0;
};

}  // namespace leanclr::types
