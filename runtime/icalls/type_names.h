// Names of types as reflection shows them, and finding types by such names. Private to icalls/.
#pragma once

#include "interp/thread.h"

namespace leanclr::icalls {

enum class NameForm : uint8_t {
  Display,  // ToString(): arguments by their own display names, "List`1[System.Int32]", "List`1[T]"
  Full,     // FullName: arguments with their assemblies, "List`1[[System.Int32, …]]", definitions bare
  AssemblyQualified,  // FullName, and the type's own assembly behind it
};

/// Errors: BadImage (the assembly's name cannot be read).
Result<std::string> type_name(const types::TypeSystem& types, const types::Type& type, NameForm form);
/// Empty for a type without one; a nested type has its outermost type's.
std::string_view type_namespace(const types::Type& type);

/// "Name, Version=1.2.3.4, Culture=neutral, PublicKeyToken=b77a5c561934e089".
Result<std::string> assembly_full_name(const types::Assembly& assembly);

/// A type by its Display or qualified name: first in `home`, then in CoreLib, unless ", Assembly" says where.
/// Null when there is none. Errors: what building an instance gives; FileNotFound for an assembly that is not there.
/// `ignore_case`: of a to z; of several types the first counts.
Result<types::Type*> find_type_by_display_name(interp::Thread& thread, types::Assembly& home,
                                               std::string_view name, bool ignore_case);

/// A FileNotFound for an assembly's display name, in reflection's words.
Failure assembly_not_found(std::string_view name);

}  // namespace leanclr::icalls
