// System.RuntimeType: lists of members as handles. CoreLib filters them further; the rules here are those of
// binding flags: inherited members unless DeclaredOnly, inherited statics only with FlattenHierarchy, no
// inherited private ones.
#include <algorithm>

#include "base/list.h"
#include "icalls/member_rows.h"
#include "icalls/pointer_list.h"
#include "icalls/shared.h"

namespace leanclr::icalls {
namespace {

/// System.Reflection.BindingFlags.
enum BindingFlags : int32_t {
  kDeclaredOnly = 0x02,
  kInstance = 0x04,
  kStatic = 0x08,
  kPublic = 0x10,
  kNonPublic = 0x20,
  kFlattenHierarchy = 0x40,
};
/// System.RuntimeType.MemberListType.
enum MemberListType : int32_t { kAll, kCaseSensitive, kCaseInsensitive, kHandleToInfo };

/// §II.23.1.5, §II.23.1.10: fields and methods have the same numbers.
enum Access : uint16_t { kAccessMask = 7, kPrivate = 1, kAccessPublic = 6, kMemberStatic = 0x10 };

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

class NameFilter {
 public:
  NameFilter(const char* name, int32_t list_type)
      : name_(name), ignores_case_(list_type == kCaseInsensitive) {
    if (list_type == kAll) name_ = nullptr;
  }
  bool admits(std::string_view name) const {
    if (!name_) return true;
    std::string_view wanted(name_);
    if (!ignores_case_) return wanted == name;
    return wanted.size() == name.size() && std::equal(wanted.begin(), wanted.end(), name.begin(),
                                                      [](char a, char b) { return lower(a) == lower(b); });
  }

 private:
  const char* name_;
  bool ignores_case_;
};

bool admits(int32_t flags, uint16_t attributes, bool inherited) {
  uint16_t access = attributes & kAccessMask;
  if (access == kAccessPublic ? !(flags & kPublic) : !(flags & kNonPublic)) return false;
  if (inherited && access <= kPrivate) return false;
  if (!(attributes & kMemberStatic)) return flags & kInstance;
  return (flags & kStatic) && (!inherited || (flags & kFlattenHierarchy));
}

/// Calls visit(type, inherited) for the type and, unless DeclaredOnly, its parents.
template <typename Visit>
Status for_each_type(Thread& thread, Type& type, int32_t flags, Visit visit) {
  for (Type* current = &type; current; current = current->parent) {
    bool open = current->flags.contains_generic_parameters;
    TRY(thread.types().ensure(*current, open ? TypeState::Linked : TypeState::Complete));
    TRY(visit(*current, current != &type));
    if (flags & kDeclaredOnly) return {};
  }
  return {};
}

bool has_members(const Type& type) {
  return !type.is_pointer_like() && type.element_type != ElementType::Var &&
         type.element_type != ElementType::MVar;
}

/// What a virtual method is overridden by: each slot is listed once, from the most derived type.
class SeenSlots {
 public:
  bool add(const Method& method) {
    if (!method.is_virtual() || method.slot == Method::kNoSlot) return true;
    if (std::find(slots_.begin(), slots_.end(), method.slot) != slots_.end()) return false;
    slots_.push_back(method.slot);
    return true;
  }

 private:
  List<uint16_t> slots_;
};

bool is_any_constructor(const Method& method) {
  return (method.attributes & types::kMethodRTSpecialName) &&
         (is(method.name, ".ctor") || is(method.name, ".cctor"));
}

Result<PointerList*> methods(Thread& thread, QCallTypeHandle handle, const char* name, int32_t flags,
                             int32_t list_type) {
  List<void*> found;
  NameFilter filter(name, list_type);
  SeenSlots seen;
  if (has_members(handle.type())) {
    TRY(for_each_type(thread, handle.type(), flags, [&](Type& type, bool inherited) -> Status {
      for (Method& method : type.methods) {
        if (is_any_constructor(method) || !filter.admits(method.name) || !seen.add(method)) continue;
        if (admits(flags, method.attributes, inherited)) found.push_back(&method);
      }
      return {};
    }));
  }
  return new_pointer_list(thread, found);
}

Result<PointerList*> constructors(Thread& thread, QCallTypeHandle handle, int32_t flags) {
  List<void*> found;
  if (has_members(handle.type())) {
    TRY(thread.types().ensure(handle.type(), TypeState::Linked));
    for (Method& method : handle.type().methods)
      if (is_any_constructor(method) && admits(flags, method.attributes, false)) found.push_back(&method);
  }
  return new_pointer_list(thread, found);
}

Result<PointerList*> fields(Thread& thread, QCallTypeHandle handle, const char* name, int32_t flags,
                            int32_t list_type) {
  List<void*> found;
  NameFilter filter(name, list_type);
  if (has_members(handle.type())) {
    TRY(for_each_type(thread, handle.type(), flags, [&](Type& type, bool inherited) -> Status {
      for (Field& field : type.fields)
        if (filter.admits(field.name) && admits(flags, field.attributes, inherited)) found.push_back(&field);
      return {};
    }));
  }
  return new_pointer_list(thread, found);
}

/// A property counts as the more visible of its accessors.
bool admits(int32_t flags, const Property& property, bool inherited) {
  bool getter = property.getter && admits(flags, property.getter->attributes, inherited);
  bool setter = property.setter && admits(flags, property.setter->attributes, inherited);
  auto is_public = [](const Method* method) {
    return method && (method->attributes & kAccessMask) == kAccessPublic;
  };
  bool shown_as_public = is_public(property.getter) || is_public(property.setter);
  if (shown_as_public && !(flags & kPublic)) return false;
  return getter || setter;
}

bool add(SeenSlots& seen, const Property& property) {
  if (property.getter) return seen.add(*property.getter);
  return !property.setter || seen.add(*property.setter);
}

Result<PointerList*> properties(Thread& thread, QCallTypeHandle handle, const char* name, int32_t flags,
                                int32_t list_type) {
  List<void*> found;
  NameFilter filter(name, list_type);
  SeenSlots seen;
  if (has_members(handle.type())) {
    TRY(for_each_type(thread, handle.type(), flags, [&](Type& type, bool inherited) -> Status {
      for (Property* property : TRY(properties_of(thread, type)))
        if (filter.admits(property->name) && admits(flags, *property, inherited) && add(seen, *property))
          found.push_back(property);
      return {};
    }));
  }
  return new_pointer_list(thread, found);
}

/// CoreLib filters events by their flags itself; private ones are not inherited.
Result<PointerList*> events(Thread& thread, QCallTypeHandle handle, const char* name, int32_t list_type) {
  List<void*> found;
  NameFilter filter(name, list_type);
  SeenSlots seen;
  constexpr int32_t kEverything = kInstance | kStatic | kPublic | kNonPublic | kFlattenHierarchy;
  if (has_members(handle.type())) {
    TRY(for_each_type(thread, handle.type(), kEverything, [&](Type& type, bool inherited) -> Status {
      for (Event* event : TRY(events_of(thread, type))) {
        if (!filter.admits(event->name) || (event->add && !seen.add(*event->add))) continue;
        if (!event->add || admits(kEverything, event->add->attributes, inherited)) found.push_back(event);
      }
      return {};
    }));
  }
  return new_pointer_list(thread, found);
}

Result<PointerList*> nested_types(Thread& thread, QCallTypeHandle handle, const char* name, int32_t flags,
                                  int32_t list_type) {
  constexpr uint32_t kVisibilityMask = 7, kNestedPublic = 2;
  List<void*> found;
  NameFilter filter(name, list_type);
  Type& outer = *handle.type().definition;
  uint32_t count =
      outer.assembly && outer.row ? outer.assembly->image().row_count(metadata::Table::NestedClass) : 0;
  for (uint32_t i = 1; i <= count && has_members(outer); ++i) {
    auto row = TRY(outer.assembly->image().row<metadata::Table::NestedClass>(i));
    if (row.enclosing_class != outer.row) continue;
    metadata::Token token(metadata::Table::TypeDef, row.nested_class);
    Type* nested = TRY(thread.types().resolve_type(*outer.assembly, token, {}));
    TRY(thread.types().ensure(*nested, TypeState::Linked));
    bool is_public = (nested->attributes & kVisibilityMask) == kNestedPublic;
    if ((flags & (is_public ? kPublic : kNonPublic)) && filter.admits(nested->name)) found.push_back(nested);
  }
  return new_pointer_list(thread, found);
}

/// Return type and parameter types of a function pointer type.
Result<PointerList*> function_types(Thread& thread, QCallTypeHandle handle) {
  List<void*> found;
  if (const types::MethodSignature* function = handle.type().function) {
    found.push_back(function->return_type);
    for (Type* parameter : function->parameters) found.push_back(parameter);
  }
  return new_pointer_list(thread, found);
}

constexpr NativeEntry kRows[] = {
    native<function_types>("FunctionPointerReturnAndParameterTypes"),
    native<constructors>("GetConstructors_native"),
    native<events>("GetEvents_native"),
    native<fields>("GetFields_native"),
    native<methods>("GetMethodsByName_native"),
    native<nested_types>("GetNestedTypes_native"),
    native<properties>("GetPropertiesByName_native"),
};

}  // namespace

constinit const NativeClass kRuntimeTypeMembers{"System.RuntimeType", kRows};

}  // namespace leanclr::icalls
